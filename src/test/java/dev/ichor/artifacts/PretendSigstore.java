package dev.ichor.artifacts;

import dev.ichor.artifacts.TrustRoot.Authority;
import dev.ichor.artifacts.TrustRoot.Log;

import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.DEROctetString;
import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.ExtendedKeyUsage;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.asn1.x509.KeyPurposeId;
import org.bouncycastle.cert.X509v3CertificateBuilder;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.math.BigInteger;
import java.nio.charset.StandardCharsets;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.PrivateKey;
import java.security.Signature;
import java.security.cert.X509Certificate;
import java.security.spec.ECGenParameterSpec;
import java.time.Duration;
import java.time.Instant;
import java.util.Base64;
import java.util.Date;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// A Sigstore of our own: authority, certificate log, signature log, and somebody who signs.
final class PretendSigstore {
    static final Instant NOW = Instant.parse("2026-11-24T10:00:00Z");

    private static final String TIMESTAMPS = "1.3.6.1.4.1.11129.2.4.2";
    private static final String ISSUER = "1.3.6.1.4.1.57264.1.1";

    private final KeyPair root = keys();
    private final KeyPair issuing = keys();
    final KeyPair certificateLog = keys();
    final KeyPair signatureLog = keys();

    /// What kind of key signs files, `EC` or `RSA`.
    String signerKey = "EC";

    /// What kind of entry the log has.
    String entryKind = "hashedrekord";

    private final X509Certificate rootCertificate;
    private final X509Certificate issuingCertificate;

    /// What somebody signs, and how.
    ///
    /// @param logged whether the certificate is logged
    record Wish(String name, String issuer, Instant at, boolean logged) {
        static final Wish SIDERO =
                new Wish("joe@siderolabs.com", "https://accounts.google.com", NOW, true);
    }

    PretendSigstore() throws Exception {
        rootCertificate = authority("root", root, "root", root);
        issuingCertificate = authority("issuing", issuing, "root", root);
    }

    Signatures signatures() {
        TrustRoot trust =
                new TrustRoot(
                        List.of(
                                new Authority(
                                        Instant.MIN,
                                        Instant.MAX,
                                        List.of(issuingCertificate, rootCertificate))),
                        List.of(new Log(Instant.EPOCH, Instant.MAX, certificateLog.getPublic())),
                        List.of(new Log(Instant.EPOCH, Instant.MAX, signatureLog.getPublic())));
        return new Signatures(
                trust, "https://accounts.google.com", Pattern.compile("[^@]+@siderolabs\\.com"));
    }

    /// A bundle in Sigstore's own form, 0.3.
    String bundle(byte[] file, Wish wish) throws Exception {
        Made m = made(file, wish);
        return """
        {"mediaType": "application/vnd.dev.sigstore.bundle.v0.3+json",
         "verificationMaterial": {
          "certificate": {"rawBytes": "%s"},
          "tlogEntries": [{"logIndex": "42", "logId": {"keyId": "%s"},
           "kindVersion": {"kind": "hashedrekord", "version": "0.0.1"},
           "integratedTime": "%d", "inclusionPromise": {"signedEntryTimestamp": "%s"},
           "canonicalizedBody": "%s"}]},
         "messageSignature": {
          "messageDigest": {"algorithm": "SHA2_256", "digest": "%s"}, "signature": "%s"}}
        """
                .formatted(
                        b64(m.leaf.getEncoded()),
                        b64(HexFormat.of().parseHex(logId())),
                        wish.at().getEpochSecond(),
                        m.promise,
                        m.body,
                        b64(Sums.sha256().digest(file)),
                        m.signature);
    }

    /// A bundle as cosign wrote it before.
    String olderBundle(byte[] file, Wish wish) throws Exception {
        Made m = made(file, wish);
        return """
        {"base64Signature": "%s", "cert": "%s", "rekorBundle": {"SignedEntryTimestamp": "%s",
         "Payload": {"body": "%s", "integratedTime": %d, "logIndex": 42, "logID": "%s"}}}
        """
                .formatted(
                        m.signature,
                        b64(pem(m.leaf).getBytes(StandardCharsets.US_ASCII)),
                        m.promise,
                        m.body,
                        wish.at().getEpochSecond(),
                        logId());
    }

    private record Made(X509Certificate leaf, String signature, String body, String promise) {}

    private Made made(byte[] file, Wish wish) throws Exception {
        KeyPair signer =
                signerKey.equals("EC")
                        ? keys()
                        : KeyPairGenerator.getInstance(signerKey).generateKeyPair();
        X509Certificate leaf = leaf(signer, wish);
        String signature = b64(sign(signer.getPrivate(), file));
        String body =
                b64(
                        """
                        {"apiVersion":"0.0.1","kind":"%s","spec":{"data":{"hash":{"algorithm":"sha256","value":"%s"}},"signature":{"content":"%s","publicKey":{"content":"%s"}}}}\
                        """
                                .formatted(
                                        entryKind,
                                        Releases.sha256(file),
                                        signature,
                                        b64(pem(leaf).getBytes(StandardCharsets.US_ASCII)))
                                .getBytes(StandardCharsets.US_ASCII));
        String entry =
                "{\"body\":\"%s\",\"integratedTime\":%d,\"logID\":\"%s\",\"logIndex\":42}"
                        .formatted(body, wish.at().getEpochSecond(), logId());
        String promise =
                b64(sign(signatureLog.getPrivate(), entry.getBytes(StandardCharsets.US_ASCII)));
        return new Made(leaf, signature, body, promise);
    }

    private X509Certificate leaf(KeyPair signer, Wish wish) throws Exception {
        X509Certificate bare = built(leafBuilder(signer, wish));
        if (!wish.logged()) {
            return bare;
        }
        byte[] signed =
                CertificateLog.signed(NOW.toEpochMilli(), bare, issuingCertificate, new byte[0]);
        return built(
                leafBuilder(signer, wish)
                        .addExtension(
                                new ASN1ObjectIdentifier(TIMESTAMPS),
                                false,
                                new DEROctetString(timestamps(signed))));
    }

    private X509v3CertificateBuilder leafBuilder(KeyPair signer, Wish wish) throws Exception {
        return new JcaX509v3CertificateBuilder(
                        new X500Name("CN=issuing"),
                        BigInteger.TEN,
                        Date.from(NOW.minusSeconds(60)),
                        Date.from(NOW.plusSeconds(540)),
                        new X500Name(""),
                        signer.getPublic())
                .addExtension(
                        Extension.extendedKeyUsage,
                        false,
                        new ExtendedKeyUsage(KeyPurposeId.id_kp_codeSigning))
                .addExtension(
                        Extension.subjectAlternativeName,
                        true,
                        new GeneralNames(new GeneralName(GeneralName.rfc822Name, wish.name())))
                .addExtension(
                        new ASN1ObjectIdentifier(ISSUER),
                        false,
                        wish.issuer().getBytes(StandardCharsets.US_ASCII));
    }

    private byte[] timestamps(byte[] signed) throws Exception {
        byte[] signature = sign(certificateLog.getPrivate(), signed);
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        DataOutputStream out = new DataOutputStream(bytes);
        int length = 1 + 32 + 8 + 2 + 2 + 2 + signature.length;
        out.writeShort(length + 2);
        out.writeShort(length);
        out.writeByte(0);
        out.write(Sums.sha256().digest(certificateLog.getPublic().getEncoded()));
        out.writeLong(NOW.toEpochMilli());
        out.writeShort(0);
        out.writeShort(0x0403);
        out.writeShort(signature.length);
        out.write(signature);
        return bytes.toByteArray();
    }

    private X509Certificate built(X509v3CertificateBuilder builder) throws Exception {
        return TrustRoot.certificate(
                builder.build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(issuing.getPrivate()))
                        .getEncoded());
    }

    private static X509Certificate authority(String name, KeyPair keys, String by, KeyPair signer)
            throws Exception {
        return TrustRoot.certificate(
                new JcaX509v3CertificateBuilder(
                                new X500Name("CN=" + by),
                                BigInteger.ONE,
                                Date.from(NOW.minus(Duration.ofDays(100))),
                                Date.from(NOW.plus(Duration.ofDays(100))),
                                new X500Name("CN=" + name),
                                keys.getPublic())
                        .addExtension(Extension.basicConstraints, true, new BasicConstraints(true))
                        .build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(signer.getPrivate()))
                        .getEncoded());
    }

    private String logId() {
        return HexFormat.of()
                .formatHex(Sums.sha256().digest(signatureLog.getPublic().getEncoded()));
    }

    private static byte[] sign(PrivateKey key, byte[] content) throws Exception {
        Signature s =
                Signature.getInstance(
                        key.getAlgorithm().equals("RSA") ? "SHA256withRSA" : "SHA256withECDSA");
        s.initSign(key);
        s.update(content);
        return s.sign();
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
        g.initialize(new ECGenParameterSpec("secp256r1"));
        return g.generateKeyPair();
    }

    private static String pem(X509Certificate c) throws Exception {
        return "-----BEGIN CERTIFICATE-----\n"
                + Base64.getMimeEncoder(64, new byte[] {'\n'}).encodeToString(c.getEncoded())
                + "\n-----END CERTIFICATE-----\n";
    }

    private static String b64(byte[] bytes) {
        return Base64.getEncoder().encodeToString(bytes);
    }
}
