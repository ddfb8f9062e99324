package dev.ichor.talos;

import org.bouncycastle.asn1.ASN1BitString;
import org.bouncycastle.asn1.ASN1OctetString;
import org.bouncycastle.asn1.pkcs.PrivateKeyInfo;
import org.bouncycastle.asn1.sec.ECPrivateKey;

import java.io.IOException;
import java.security.PrivateKey;
import java.util.Arrays;

/// Whether the parts of a bundle belong together.
final class SecretsCheck {
    private SecretsCheck() {}

    /// @throws BadYaml naming the part that does not fit, never its content
    static void check(Secrets s) {
        pair("etcd", s.etcd());
        pair("k8s", s.kubernetes());
        pair("k8saggregator", s.aggregator());
        pair("os", s.talos());
        try {
            Keys.parse(s.serviceAccount());
        } catch (IllegalArgumentException e) {
            throw new BadYaml(1, "certs.k8sserviceaccount.key is no private key that Talos knows");
        }
        if (s.secretbox().isEmpty() == s.aescbc().isEmpty()) {
            throw new BadYaml(
                    1,
                    "exactly one of secretboxencryptionsecret and aescbcencryptionsecret must be"
                            + " there");
        }
    }

    private static void pair(String name, PemPair pair) {
        byte[] certified;
        try {
            certified = Certificates.facts(pair.crt()).key().getPublicKeyData().getBytes();
        } catch (IllegalArgumentException e) {
            throw new BadYaml(1, "certs." + name + ".crt is no certificate");
        }
        byte[] own = publicPart(name, pair);
        if (own.length > 0 && !Arrays.equals(own, certified)) {
            throw new BadYaml(
                    1, "certs." + name + ".key does not belong to certs." + name + ".crt");
        }
    }

    /// The public half as the private key tells it, or nothing when it does not.
    private static byte[] publicPart(String name, PemPair pair) {
        try {
            PrivateKey key = Keys.parse(pair.key());
            PrivateKeyInfo info = PrivateKeyInfo.getInstance(key.getEncoded());
            return switch (key.getAlgorithm()) {
                case "EC" -> {
                    ASN1BitString bits =
                            pair.key().contains("BEGIN EC")
                                    ? ECPrivateKey.getInstance(
                                                    Pem.decode(pair.key(), "PRIVATE KEY"))
                                            .getPublicKey()
                                    : ECPrivateKey.getInstance(info.parsePrivateKey())
                                            .getPublicKey();
                    yield bits == null ? new byte[0] : bits.getBytes();
                }
                case "RSA" -> new byte[0];
                default -> {
                    byte[] seed = ASN1OctetString.getInstance(info.parsePrivateKey()).getOctets();
                    yield Keys.ed25519Public(seed);
                }
            };
        } catch (IOException | IllegalArgumentException e) {
            throw new BadYaml(1, "certs." + name + ".key is no private key that Talos knows");
        }
    }
}
