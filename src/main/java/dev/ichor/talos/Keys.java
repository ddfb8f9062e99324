package dev.ichor.talos;

import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1ObjectIdentifier;
import org.bouncycastle.asn1.ASN1Primitive;
import org.bouncycastle.asn1.DERBitString;
import org.bouncycastle.asn1.pkcs.PKCSObjectIdentifiers;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;
import org.bouncycastle.asn1.sec.SECObjectIdentifiers;
import org.bouncycastle.asn1.x509.AlgorithmIdentifier;
import org.bouncycastle.asn1.x509.SubjectPublicKeyInfo;
import org.bouncycastle.asn1.x9.X9ObjectIdentifiers;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.security.GeneralSecurityException;
import java.security.InvalidAlgorithmParameterException;
import java.security.KeyFactory;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.NoSuchAlgorithmException;
import java.security.PrivateKey;
import java.security.SecureRandom;
import java.security.spec.ECGenParameterSpec;
import java.security.spec.PKCS8EncodedKeySpec;
import java.util.Arrays;

/// Private keys with the labels and encodings Talos insists on: its oldest supported release
/// refuses the usual `PRIVATE KEY`.
final class Keys {
    private static final String EC = "EC PRIVATE KEY";
    private static final String RSA = "RSA PRIVATE KEY";
    private static final String ED25519 = "ED25519 PRIVATE KEY";
    private static final int RSA_BITS = 4096;
    private static final int P256_BITS = 256;
    private static final int ED25519_BYTES = 32;

    private Keys() {}

    static KeyPair ed25519(SecureRandom random) {
        return generate("Ed25519", 255, random);
    }

    /// The public half that belongs to a seed of 32 bytes (RFC 8032 section 5.1.5). Java derives it
    /// only while it makes a pair, from the seed it asks for.
    static byte[] ed25519Public(byte[] seed) {
        SecureRandom told =
                new SecureRandom(null, null) {
                    @Override
                    public void nextBytes(byte[] bytes) {
                        System.arraycopy(seed, 0, bytes, 0, bytes.length);
                    }
                };
        byte[] spki = ed25519(told).getPublic().getEncoded();
        return Arrays.copyOfRange(spki, spki.length - ED25519_BYTES, spki.length);
    }

    static KeyPair p256(SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance("EC");
            generator.initialize(new ECGenParameterSpec("secp256r1"), random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException | InvalidAlgorithmParameterException e) {
            throw new IllegalStateException("every Java has P-256", e);
        }
    }

    /// Takes seconds: see [RsaRace].
    static KeyPair rsa(SecureRandom random) {
        return RsaRace.run(own -> generate("RSA", RSA_BITS, own), random);
    }

    private static KeyPair generate(String algorithm, int bits, SecureRandom random) {
        try {
            KeyPairGenerator generator = KeyPairGenerator.getInstance(algorithm);
            generator.initialize(bits, random);
            return generator.generateKeyPair();
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has " + algorithm, e);
        }
    }

    static String pem(KeyPair pair) {
        try {
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(pair.getPrivate().getEncoded());
            return switch (pair.getPrivate().getAlgorithm()) {
                case "EC" -> Pem.encode(EC, sec1(info, pair));
                case "RSA" ->
                        Pem.encode(RSA, info.parsePrivateKey().toASN1Primitive().getEncoded());
                default -> Pem.encode(ED25519, pair.getPrivate().getEncoded());
            };
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    /// With curve and public key inside (RFC 5915): Go refuses SEC1 without the curve, and Java's
    /// own encoding leaves both out.
    private static byte[] sec1(PrivateKeyInfo info, KeyPair pair) throws IOException {
        ECPrivateKey bare = ECPrivateKey.getInstance(info.parsePrivateKey());
        ASN1BitString point =
                SubjectPublicKeyInfo.getInstance(pair.getPublic().getEncoded()).getPublicKeyData();
        return new ECPrivateKey(
                        P256_BITS,
                        bare.getKey(),
                        (DERBitString) point.toASN1Primitive(),
                        SECObjectIdentifiers.secp256r1)
                .getEncoded();
    }

    /// Reads any of the labels above, and `PRIVATE KEY`.
    ///
    /// @throws IllegalArgumentException when it is no such key
    static PrivateKey parse(String pem) {
        try {
            byte[] der = Pem.decode(pem, "PRIVATE KEY");
            return factory(wrap(pem, der));
        } catch (IOException | GeneralSecurityException e) {
            // The cause could quote the key.
            throw new IllegalArgumentException("not a private key that Talos knows");
        }
    }

    private static PrivateKeyInfo wrap(String pem, byte[] der) throws IOException {
        if (pem.contains("BEGIN " + EC)) {
            ECPrivateKey key = ECPrivateKey.getInstance(der);
            AlgorithmIdentifier id =
                    new AlgorithmIdentifier(
                            X9ObjectIdentifiers.id_ecPublicKey, key.getParametersObject());
            return new PrivateKeyInfo(id, key);
        }
        if (pem.contains("BEGIN " + RSA)) {
            AlgorithmIdentifier id = new AlgorithmIdentifier(PKCSObjectIdentifiers.rsaEncryption);
            return new PrivateKeyInfo(id, ASN1Primitive.fromByteArray(der));
        }
        return PrivateKeyInfo.getInstance(der);
    }

    private static PrivateKey factory(PrivateKeyInfo info)
            throws IOException, GeneralSecurityException {
        ASN1ObjectIdentifier id = info.getPrivateKeyAlgorithm().getAlgorithm();
        String algorithm =
                id.equals(X9ObjectIdentifiers.id_ecPublicKey)
                        ? "EC"
                        : id.equals(PKCSObjectIdentifiers.rsaEncryption) ? "RSA" : "Ed25519";
        return KeyFactory.getInstance(algorithm)
                .generatePrivate(new PKCS8EncodedKeySpec(info.getEncoded()));
    }
}
