package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.ProblemException;

import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.openssl.PEMKeyPair;
import org.bouncycastle.openssl.PEMParser;
import org.bouncycastle.util.Properties;
import org.junit.jupiter.api.BeforeAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.StringReader;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

class SecretsTest {
    private static final InstantSource CLOCK =
            InstantSource.fixed(Instant.parse("2026-11-22T12:00:00Z"));
    private static final SecureRandom RANDOM = new SecureRandom();
    private static Secrets fresh;

    @BeforeAll
    static void make() {
        fresh = Secrets.create(CLOCK, RANDOM);
    }

    @Test
    void tokens_and_ids_have_talosctl_s_form() {
        assertThat(fresh.bootstrapToken()).matches("[0-9a-z]{6}\\.[0-9a-z]{16}");
        assertThat(fresh.trustdToken())
                .matches("[0-9a-z]{6}\\.[0-9a-z]{16}")
                .isNotEqualTo(fresh.bootstrapToken());
        assertThat(fresh.clusterId()).matches("[0-9A-Za-z_-]{43}=");
        assertThat(fresh.clusterSecret()).matches("[0-9A-Za-z+/]{43}=");
        assertThat(fresh.secretbox()).matches("[0-9A-Za-z+/]{43}=");
    }

    @Test
    void authorities_look_as_upstream_s_do() throws Exception {
        Secrets upstream = Vectors.of("sans-v1.13").secrets();
        same(fresh.talos(), upstream.talos());
        same(fresh.kubernetes(), upstream.kubernetes());
        same(fresh.etcd(), upstream.etcd());
        same(fresh.aggregator(), upstream.aggregator());
        assertThat(fresh.serviceAccount()).startsWith("-----BEGIN RSA PRIVATE KEY-----\n");
    }

    /// All but the random parts: names, dates' distance, algorithms, extensions, key forms.
    private static void same(PemPair ours, PemPair theirs) throws IOException {
        X509CertificateHolder a = certificate(ours);
        X509CertificateHolder b = certificate(theirs);
        assertThat(a.getSubject().getEncoded()).isEqualTo(b.getSubject().getEncoded());
        assertThat(a.getIssuer().getEncoded()).isEqualTo(b.getIssuer().getEncoded());
        assertThat(a.getSignatureAlgorithm()).isEqualTo(b.getSignatureAlgorithm());
        assertThat(a.getSubjectPublicKeyInfo().getAlgorithm())
                .isEqualTo(b.getSubjectPublicKeyInfo().getAlgorithm());
        assertThat(a.getNotAfter().getTime() - a.getNotBefore().getTime())
                .isEqualTo(b.getNotAfter().getTime() - b.getNotBefore().getTime());
        assertThat(a.getExtensionOIDs()).isEqualTo(b.getExtensionOIDs());
        for (Object id : a.getExtensionOIDs()) {
            var oid = (org.bouncycastle.asn1.ASN1ObjectIdentifier) id;
            assertThat(a.getExtension(oid).isCritical())
                    .isEqualTo(b.getExtension(oid).isCritical());
            byte[] mine = a.getExtension(oid).getExtnValue().getOctets();
            byte[] other = b.getExtension(oid).getExtnValue().getOctets();
            if (oid.equals(Extension.subjectKeyIdentifier)) {
                assertThat(mine).hasSameSizeAs(other);
            } else {
                assertThat(mine).isEqualTo(other);
            }
        }
        assertThat(ours.key().lines().findFirst()).isEqualTo(theirs.key().lines().findFirst());
        assertThat(Pem.decode(ours.key(), "PRIVATE KEY"))
                .hasSameSizeAs(Pem.decode(theirs.key(), "PRIVATE KEY"));
    }

    private static X509CertificateHolder certificate(PemPair pair) throws IOException {
        // For the aggregator's.
        Properties.setThreadOverride(Properties.X509_ALLOW_EMPTY_ISSUER_CERT, true);
        return new X509CertificateHolder(Pem.decode(pair.crt(), "CERTIFICATE"));
    }

    @Test
    void the_ec_key_names_its_curve_and_its_point() throws Exception {
        try (PEMParser parser = new PEMParser(new StringReader(fresh.kubernetes().key()))) {
            PEMKeyPair pair = (PEMKeyPair) parser.readObject();
            assertThat(pair.getPublicKeyInfo())
                    .isEqualTo(certificate(fresh.kubernetes()).getSubjectPublicKeyInfo());
        }
    }

    @Test
    void what_talosctl_wrote_is_written_again_byte_for_byte() {
        for (String folder :
                List.of("basic-v1.9", "selector-v1.11", "sans-v1.13", "multicp-vip-v1.13")) {
            Vectors v = Vectors.of(folder);
            assertThat(SecretsFile.yaml(v.secrets())).isEqualTo(v.text("secrets.yaml"));
        }
    }

    @Test
    void the_file_is_its_owner_s_alone_and_never_overwritten(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("secrets.yaml");
        SecretsFile.write(file, fresh);
        assertThat(SecretsFile.read(file)).isEqualTo(fresh);
        if (file.getFileSystem().supportedFileAttributeViews().contains("posix")) {
            assertThat(PosixFilePermissions.toString(Files.getPosixFilePermissions(file)))
                    .isEqualTo("rw-------");
        }
        assertThatThrownBy(() -> SecretsFile.write(file, fresh))
                .isInstanceOf(ProblemException.class)
                .hasMessageContaining(file.toString());
    }

    @Test
    void a_file_that_is_no_bundle_is_named_and_not_quoted(@TempDir Path dir) throws Exception {
        Path missing = dir.resolve("none.yaml");
        assertProblem(missing, "There is no such file.");
        Path part = Files.writeString(dir.resolve("part.yaml"), "cluster:\n    id: hunter2\n");
        assertProblem(part, "In line 1: cluster.secret is missing.");
        Path broken = Files.writeString(dir.resolve("broken.yaml"), "hunter2: [\n");
        assertProblem(broken, "In line 2: that is no YAML.");
        Path binary = Files.write(dir.resolve("binary.yaml"), new byte[] {'a', (byte) 0xff, 0});
        assertProblem(binary, "It is not text (UTF-8).");
        assertProblem(Files.createDirectory(dir.resolve("folder.yaml")), "It is a folder.");
    }

    private static void assertProblem(Path file, String why) {
        assertThatThrownBy(() -> SecretsFile.read(file))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().why()).isEqualTo(why);
                            assertThat(e.problem().toString())
                                    .contains(file.toString())
                                    .doesNotContain("hunter2");
                        })
                .hasNoCause();
    }

    @Test
    void nothing_secret_shows_in_texts() {
        TalosConfig config = TalosConfig.create("home", List.of("10.0.0.1"), fresh, CLOCK, RANDOM);
        String all = fresh + " " + config + " " + fresh.talos() + " " + config.identity();
        assertThat(all).doesNotContain("PRIVATE", fresh.clusterSecret(), fresh.trustdToken());
    }
}
