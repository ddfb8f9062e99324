package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.ProblemException;

import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.cert.X509CertificateHolder;
import org.bouncycastle.cert.jcajce.JcaX509CertificateConverter;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;

class ClientFilesTest {
    private static final Instant NOW = Instant.parse("2026-11-22T16:00:00Z");
    private static final InstantSource CLOCK = InstantSource.fixed(NOW);
    private static final SecureRandom RANDOM = new SecureRandom();

    @Test
    void talosconfig_has_the_form_of_upstream_s() {
        Vectors v = Vectors.of("sans-v1.13");
        TalosConfig config = TalosConfig.create("attic", v.endpoints(), v.secrets(), CLOCK, RANDOM);
        assertThat(shape(config.yaml())).isEqualTo(shape(v.text("talosconfig")));
        assertThat(TalosConfig.parse(config.yaml())).isEqualTo(config);
    }

    /// The text without what is random.
    private static String shape(String yaml) {
        return yaml.replaceAll("(crt|key): [A-Za-z0-9+/=]+", "$1: …");
    }

    @Test
    void a_talosconfig_of_talosctl_is_read() {
        TalosConfig config = TalosConfig.parse(Vectors.of("multicp-vip-v1.13").text("talosconfig"));
        assertThat(config.context()).isEqualTo("rack-7");
        assertThat(config.nodes()).containsExactly("10.20.0.11", "10.20.0.12", "10.20.0.13");
        assertThat(config.yaml()).isEqualTo(Vectors.of("multicp-vip-v1.13").text("talosconfig"));
    }

    @Test
    void the_talos_administrator_is_signed_for_a_year() throws Exception {
        Vectors v = Vectors.of("sans-v1.13");
        X509CertificateHolder ours =
                certificate(
                        TalosConfig.create("attic", List.of(), v.secrets(), CLOCK, RANDOM)
                                .identity());
        X509CertificateHolder theirs =
                certificate(TalosConfig.parse(v.text("talosconfig")).identity());
        assertThat(ours.getSubject().getEncoded()).isEqualTo(theirs.getSubject().getEncoded());
        assertThat(ours.getIssuer().getEncoded()).isEqualTo(theirs.getIssuer().getEncoded());
        assertThat(ours.getExtensions()).isEqualTo(theirs.getExtensions());
        assertThat(ours.getNotBefore().toInstant()).isEqualTo(NOW);
        assertThat(ours.getNotAfter().toInstant()).isEqualTo(NOW.plus(Duration.ofDays(365)));
        new JcaX509CertificateConverter()
                .getCertificate(ours)
                .verify(
                        new JcaX509CertificateConverter()
                                .getCertificate(
                                        new X509CertificateHolder(
                                                Pem.decode(
                                                        v.secrets().talos().crt(), "CERTIFICATE")))
                                .getPublicKey());
    }

    @Test
    void kubeconfig_is_the_one_a_node_would_hand_out() throws Exception {
        Vectors v = Vectors.of("basic-v1.9");
        KubeConfig config = KubeConfig.create(v.input(), v.secrets(), CLOCK, RANDOM);
        String ca = Pem.base64(v.secrets().kubernetes().crt());
        assertThat(config.yaml().replaceAll("-data: [A-Za-z0-9+/=]+", "-data: …"))
                .isEqualTo(
                        """
                        apiVersion: v1
                        kind: Config
                        clusters:
                            - name: homelab
                              cluster:
                                server: https://192.168.10.21:6443
                                certificate-authority-data: …
                        users:
                            - name: admin@homelab
                              user:
                                client-certificate-data: …
                                client-key-data: …
                        contexts:
                            - name: admin@homelab
                              context:
                                cluster: homelab
                                namespace: default
                                user: admin@homelab
                        current-context: admin@homelab
                        """);
        assertThat(config.yaml()).contains("certificate-authority-data: " + ca);
        X509CertificateHolder client = certificate(config.identity());
        assertThat(client.getSubject().toString()).isEqualTo("O=system:masters,CN=admin");
        assertThat(client.getNotBefore().toInstant()).isEqualTo(NOW.minusSeconds(10));
        assertThat(client.getExtension(Extension.keyUsage).isCritical()).isTrue();
        assertThat(KubeConfig.parse(config.yaml())).isEqualTo(config);
    }

    private static X509CertificateHolder certificate(ClientIdentity id) throws Exception {
        return new X509CertificateHolder(Pem.decode(id.client().crt(), "CERTIFICATE"));
    }

    @Test
    void gen_writes_talosctl_s_files_and_refuses_to_overwrite(@TempDir Path dir) throws Exception {
        Vectors v = Vectors.of("basic-v1.9");
        Path out = dir.resolve("out");
        List<Path> files = new Gen(CLOCK, RANDOM).write(out, order(v), v.secrets(), false);
        assertThat(files)
                .containsExactly(
                        out.resolve("controlplane.yaml"),
                        out.resolve("worker.yaml"),
                        out.resolve("talosconfig"));
        assertThat(out.resolve("worker.yaml")).hasContent(v.text("worker.yaml"));

        Files.delete(out.resolve("controlplane.yaml"));
        assertThatThrownBy(() -> new Gen(CLOCK, RANDOM).write(out, order(v), v.secrets(), false))
                .isInstanceOf(ProblemException.class)
                .hasMessage(out.resolve("worker.yaml") + " exists already.");
        assertThat(out.resolve("controlplane.yaml")).doesNotExist();
    }

    private static Gen.Order order(Vectors v) {
        return new Gen.Order(v.input(), Patches.NONE, List.of(), v.endpoints(), List.of());
    }

    @Test
    void gen_makes_secrets_of_its_own(@TempDir Path dir) throws Exception {
        Vectors v = Vectors.of("sans-v1.13");
        new Gen(CLOCK, RANDOM).writeFresh(dir, order(v), false);
        Secrets secrets = SecretsFile.read(dir.resolve("secrets.yaml"));
        assertThat(Files.readString(dir.resolve("worker.yaml"), StandardCharsets.UTF_8))
                .contains("token: " + secrets.trustdToken());
    }
}
