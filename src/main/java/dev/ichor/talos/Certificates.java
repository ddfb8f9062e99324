package dev.ichor.talos;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;
import java.util.List;

/// X.509 v3 certificates with exactly the parts that Talos' own have (siderolabs/crypto v0.6.5).
final class Certificates {
    private static final int SERIAL_BITS = 128;
    private static final int KEY_ID_BYTES = 20;

    /// How long the authorities live: 87600 hours.
    static final Duration AUTHORITY = Duration.ofDays(3650);

    private Certificates() {}

    /// What a certificate says.
    record Sheet(
            X500Name issuer,
            X500Name subject,
            Instant from,
            Duration valid,
            PublicKey key,
            List<Extension> extensions) {}

    /// A self-signed authority.
    ///
    /// @param name its organisation, or empty for an empty name as the aggregator has it
    static PemPair authority(String name, KeyPair keys, Instant now, SecureRandom random) {
        X500Name dn = name.isEmpty() ? new X500NameBuilder().build() : name(name, "");
        byte[] id = new byte[KEY_ID_BYTES];
        random.nextBytes(id);
        List<Extension> extensions =
                List.of(
                        usage(KeyUsage.digitalSignature | KeyUsage.keyCertSign),
                        purpose(KeyPurposeId.id_kp_serverAuth, KeyPurposeId.id_kp_clientAuth),
                        extension(Extension.basicConstraints, true, new BasicConstraints(true)),
                        extension(
                                Extension.subjectKeyIdentifier,
                                false,
                                new SubjectKeyIdentifier(id)));
        Sheet sheet = new Sheet(dn, dn, now, AUTHORITY, keys.getPublic(), extensions);
        return new PemPair(sign(sheet, keys.getPrivate(), random), Keys.pem(keys));
    }

    static String sign(Sheet s, PrivateKey signer, SecureRandom random) {
        try {
            var builder =
                    new JcaX509v3CertificateBuilder(
                            s.issuer(),
                            new BigInteger(SERIAL_BITS, random),
                            Date.from(s.from()),
                            Date.from(s.from().plus(s.valid())),
                            s.subject(),
                            s.key());
            for (Extension e : s.extensions()) {
                builder.addExtension(e);
            }
            var content =
                    new JcaContentSignerBuilder(algorithm(signer))
                            .setSecureRandom(random)
                            .build(signer);
            return Pem.encode("CERTIFICATE", builder.build(content).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every Java can sign so", e);
        }
    }

    private static String algorithm(PrivateKey key) {
        return switch (key.getAlgorithm()) {
            case "EC" -> "SHA256withECDSA";
            case "RSA" -> "SHA256withRSA";
            default -> "Ed25519";
        };
    }

    /// Organisation and common name, each left out when empty.
    static X500Name name(String organization, String commonName) {
        X500NameBuilder dn = new X500NameBuilder();
        if (!organization.isEmpty()) {
            dn.addRDN(BCStyle.O, new DERPrintableString(organization));
        }
        if (!commonName.isEmpty()) {
            dn.addRDN(BCStyle.CN, new DERPrintableString(commonName));
        }
        return dn.build();
    }

    static Extension usage(int bits) {
        return extension(Extension.keyUsage, true, new KeyUsage(bits));
    }

    static Extension purpose(KeyPurposeId... purposes) {
        return extension(Extension.extendedKeyUsage, false, new ExtendedKeyUsage(purposes));
    }

    static Extension extension(ASN1ObjectIdentifier id, boolean critical, ASN1Encodable value) {
        try {
            return Extension.create(id, critical, value);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }
}
