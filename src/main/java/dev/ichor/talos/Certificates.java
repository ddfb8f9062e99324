package dev.ichor.talos;

import org.bouncycastle.asn1.ASN1Encodable;
import org.bouncycastle.asn1.ASN1Integer;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.ASN1Sequence;
import org.bouncycastle.asn1.ASN1TaggedObject;
import org.bouncycastle.asn1.BERTags;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.DERPrintableString;
import org.bouncycastle.asn1.DERSequence;
import org.bouncycastle.asn1.DERTaggedObject;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x500.X500NameBuilder;
import org.bouncycastle.asn1.x500.style.BCStyle;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.Extensions;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.asn1.x509.KeyUsage;
import org.bouncycastle.asn1.x509.SubjectKeyIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x509.Time;
import org.bouncycastle.operator.ContentSigner;
import org.bouncycastle.operator.OperatorCreationException;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.PrivateKey;
import java.security.PublicKey;
import java.security.SecureRandom;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.util.List;

/// X.509 v3 certificates with exactly the parts that Talos' own have (siderolabs/crypto v0.6.5).
final class Certificates {
    private static final int SERIAL_BITS = 128;
    private static final int KEY_ID_BYTES = 20;
    private static final int VERSION_3 = 2;

    /// The first year that UTCTime cannot say.
    private static final int GENERALIZED = 2050;

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

    /// What of a certificate is asked here.
    record Facts(Instant from, Instant until, SubjectPublicKeyInfo key) {}

    /// Reads a certificate by hand: Bouncy Castle's own reader refuses the aggregator's empty
    /// issuer.
    ///
    /// @throws IllegalArgumentException when it is none
    static Facts facts(String pem) {
        try {
            ASN1Sequence all = ASN1Sequence.getInstance(Pem.decode(pem, "CERTIFICATE"));
            ASN1Sequence body = ASN1Sequence.getInstance(all.getObjectAt(0));
            int version = body.getObjectAt(0) instanceof ASN1TaggedObject ? 1 : 0;
            ASN1Sequence valid = ASN1Sequence.getInstance(body.getObjectAt(version + 3));
            return new Facts(
                    instant(Time.getInstance(valid.getObjectAt(0))),
                    instant(Time.getInstance(valid.getObjectAt(1))),
                    SubjectPublicKeyInfo.getInstance(body.getObjectAt(version + 5)));
        } catch (IllegalArgumentException | IndexOutOfBoundsException | DateTimeException e) {
            throw new IllegalArgumentException("not a certificate", e);
        }
    }

    static String sign(Sheet sheet, PrivateKey signer, SecureRandom random) {
        try {
            ContentSigner content =
                    new JcaContentSignerBuilder(algorithm(signer))
                            .setSecureRandom(random)
                            .build(signer);
            DERSequence body =
                    body(
                            sheet,
                            new BigInteger(SERIAL_BITS, random),
                            content.getAlgorithmIdentifier());
            content.getOutputStream().write(body.getEncoded());
            DERBitString signature = new DERBitString(content.getSignature());
            return Pem.encode(
                    "CERTIFICATE",
                    sequence(body, content.getAlgorithmIdentifier(), signature).getEncoded());
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        } catch (OperatorCreationException e) {
            throw new IllegalStateException("every Java can sign so", e);
        }
    }

    /// TBSCertificate (RFC 5280 section 4.1), put together here because Bouncy Castle's builder
    /// refuses the aggregator's empty issuer.
    private static DERSequence body(Sheet s, BigInteger serial, AlgorithmIdentifier algorithm)
            throws IOException {
        return sequence(
                new DERTaggedObject(true, 0, new ASN1Integer(VERSION_3)),
                new ASN1Integer(serial),
                algorithm,
                s.issuer(),
                sequence(time(s.from()), time(s.from().plus(s.valid()))),
                s.subject(),
                SubjectPublicKeyInfo.getInstance(s.key().getEncoded()),
                new DERTaggedObject(
                        true, 3, new Extensions(s.extensions().toArray(Extension[]::new))));
    }

    /// UTCTime until 2049, GeneralizedTime from then on (RFC 5280 section 4.1.2.5). By hand, here
    /// and back: Java's date formats would be a fifth of all that a short run does.
    private static Time time(Instant at) throws IOException {
        LocalDateTime t = LocalDateTime.ofInstant(at, ZoneOffset.UTC);
        boolean utc = t.getYear() < GENERALIZED;
        String text =
                (utc ? "" : digits(t.getYear() / 100))
                        + digits(t.getYear() % 100, t.getMonthValue(), t.getDayOfMonth())
                        + digits(t.getHour(), t.getMinute(), t.getSecond())
                        + "Z";
        byte[] der = new byte[2 + text.length()];
        der[0] = (byte) (utc ? BERTags.UTC_TIME : BERTags.GENERALIZED_TIME);
        der[1] = (byte) text.length();
        System.arraycopy(text.getBytes(StandardCharsets.US_ASCII), 0, der, 2, text.length());
        return Time.getInstance(ASN1Primitive.fromByteArray(der));
    }

    private static String digits(int... pairs) {
        StringBuilder text = new StringBuilder();
        for (int pair : pairs) {
            text.append(pair < 10 ? "0" : "").append(pair);
        }
        return text.toString();
    }

    private static Instant instant(Time time) {
        String digits = time.getTime();
        int[] pairs = new int[7];
        for (int i = 0; i < pairs.length; i++) {
            pairs[i] = Integer.parseInt(digits, 2 * i, 2 * i + 2, 10);
        }
        return LocalDateTime.of(
                        pairs[0] * 100 + pairs[1], pairs[2], pairs[3], pairs[4], pairs[5], pairs[6])
                .toInstant(ZoneOffset.UTC);
    }

    private static DERSequence sequence(ASN1Encodable... parts) {
        return new DERSequence(parts);
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
