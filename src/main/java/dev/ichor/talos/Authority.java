package dev.ichor.talos;

import dev.ichor.cluster.Ip4;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.AuthorityKeyIdentifier;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.X509CertificateHolder;

import java.io.IOException;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.stream.Stream;

/// Signs with one of the cluster's authorities. Keys are of the authority's own kind: Ed25519 for
/// the Talos API, P-256 for Kubernetes.
public final class Authority {
    private static final Duration YEAR = Duration.ofDays(365);

    /// What a certificate is for.
    record Use(X500Name subject, Instant from, int usage, KeyPurposeId purpose) {}

    private final X509CertificateHolder certificate;
    private final PrivateKey key;

    /// From a pair as secrets.yaml and a control plane's config have it.
    ///
    /// @throws IllegalArgumentException when one of the two is not PEM of its kind
    public Authority(PemPair pair) {
        try {
            this.certificate = new X509CertificateHolder(Pem.decode(pair.crt(), "CERTIFICATE"));
        } catch (IOException e) {
            throw new IllegalArgumentException("not a certificate", e);
        }
        this.key = Keys.parse(pair.key());
    }

    /// An authority that lives in memory only, as a machine without config makes one.
    public static Authority fresh(String organization, InstantSource clock, SecureRandom random) {
        return new Authority(
                Certificates.authority(
                        organization, Keys.ed25519(random), clock.instant(), random));
    }

    /// A server's certificate and key, valid for a year from ten seconds ago.
    public PemPair server(
            String name, List<Ip4> addresses, InstantSource clock, SecureRandom random) {
        Use use =
                new Use(
                        Certificates.name("", name),
                        clock.instant().minusSeconds(10),
                        KeyUsage.digitalSignature,
                        KeyPurposeId.id_kp_serverAuth);
        GeneralName[] names =
                Stream.concat(
                                Stream.of(name(GeneralName.dNSName, name)),
                                addresses.stream()
                                        .map(a -> name(GeneralName.iPAddress, a.toString())))
                        .toArray(GeneralName[]::new);
        Extension sans =
                Certificates.extension(
                        Extension.subjectAlternativeName, false, new GeneralNames(names));
        return issue(use, List.of(sans), random);
    }

    private static GeneralName name(int kind, String value) {
        return new GeneralName(kind, value);
    }

    /// The client of talosconfig: `O=os:admin`, no common name.
    PemPair talosAdmin(InstantSource clock, SecureRandom random) {
        Use use =
                new Use(
                        Certificates.name("os:admin", ""),
                        clock.instant(),
                        KeyUsage.digitalSignature,
                        KeyPurposeId.id_kp_clientAuth);
        return issue(use, List.of(), random);
    }

    /// The client of kubeconfig: `O=system:masters, CN=admin`, from ten seconds ago.
    PemPair kubernetesAdmin(InstantSource clock, SecureRandom random) {
        Use use =
                new Use(
                        Certificates.name("system:masters", "admin"),
                        clock.instant().minusSeconds(10),
                        KeyUsage.digitalSignature | KeyUsage.keyEncipherment,
                        KeyPurposeId.id_kp_clientAuth);
        return issue(use, List.of(), random);
    }

    private PemPair issue(Use use, List<Extension> more, SecureRandom random) {
        KeyPair own =
                key.getAlgorithm().equals("EC") || key.getAlgorithm().equals("RSA")
                        ? Keys.p256(random)
                        : Keys.ed25519(random);
        List<Extension> extensions = new ArrayList<>();
        extensions.add(Certificates.usage(use.usage()));
        extensions.add(Certificates.purpose(use.purpose()));
        extensions.addAll(issuerId());
        extensions.addAll(more);
        Certificates.Sheet sheet =
                new Certificates.Sheet(
                        certificate.getSubject(),
                        use.subject(),
                        use.from(),
                        YEAR,
                        own.getPublic(),
                        extensions);
        return new PemPair(Certificates.sign(sheet, key, random), Keys.pem(own));
    }

    private List<Extension> issuerId() {
        SubjectKeyIdentifier id = SubjectKeyIdentifier.fromExtensions(certificate.getExtensions());
        return id == null
                ? List.of()
                : List.of(
                        Certificates.extension(
                                Extension.authorityKeyIdentifier,
                                false,
                                new AuthorityKeyIdentifier(id.getKeyIdentifier())));
    }
}
