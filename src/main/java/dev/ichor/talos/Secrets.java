package dev.ichor.talos;

import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Base64;

/// Everything secret of one cluster: talosctl's own bundle. Made once, never silently anew.
///
/// @param clusterId 32 random bytes, URL-safe Base64
/// @param clusterSecret 32 random bytes, Base64
/// @param bootstrapToken for joining Kubernetes
/// @param secretbox key of the encryption at rest, Base64, or empty
/// @param aescbc the same of clusters as old as Talos 1.2, or empty
/// @param trustdToken for joining the Talos API
/// @param etcd authority of etcd
/// @param kubernetes authority of Kubernetes
/// @param aggregator authority of the front proxy; opaque, its empty issuer is no Java's
/// @param serviceAccount PEM of the key that signs service account tokens
/// @param talos authority of the Talos API
public record Secrets(
        String clusterId,
        String clusterSecret,
        String bootstrapToken,
        String secretbox,
        String aescbc,
        String trustdToken,
        PemPair etcd,
        PemPair kubernetes,
        PemPair aggregator,
        String serviceAccount,
        PemPair talos) {
    private static final int KEY_BYTES = 32;
    private static final String TOKEN_ALPHABET = "0123456789abcdefghijklmnopqrstuvwxyz";

    /// A fresh bundle. Takes seconds, for its RSA key.
    public static Secrets create(InstantSource clock, SecureRandom random) {
        Instant now = clock.instant();
        return new Secrets(
                Base64.getUrlEncoder().encodeToString(bytes(random)),
                Base64.getEncoder().encodeToString(bytes(random)),
                token(random),
                Base64.getEncoder().encodeToString(bytes(random)),
                "",
                token(random),
                Certificates.authority("etcd", Keys.p256(random), now, random),
                Certificates.authority("kubernetes", Keys.p256(random), now, random),
                Certificates.authority("", Keys.p256(random), now, random),
                Keys.pem(Keys.rsa(random)),
                Certificates.authority("talos", Keys.ed25519(random), now, random));
    }

    private static byte[] bytes(SecureRandom random) {
        byte[] b = new byte[KEY_BYTES];
        random.nextBytes(b);
        return b;
    }

    /// 6 and 16 characters with a dot between, Kubernetes' bootstrap token form.
    private static String token(SecureRandom random) {
        return letters(6, random) + "." + letters(16, random);
    }

    private static String letters(int n, SecureRandom random) {
        StringBuilder s = new StringBuilder(n);
        for (int i = 0; i < n; i++) {
            s.append(TOKEN_ALPHABET.charAt(random.nextInt(TOKEN_ALPHABET.length())));
        }
        return s.toString();
    }

    /// Nothing secret.
    @Override
    public String toString() {
        return "Secrets[hidden]";
    }
}
