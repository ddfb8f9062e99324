package dev.ichor.talos.api;

import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.X509Certificate;
import java.util.Base64;

/// A certificate's fingerprint as Talos prints it on the machine's screen and as `talosctl
/// --cert-fingerprint` takes it: the SHA-256 of its SubjectPublicKeyInfo in Base64
/// (siderolabs/crypto `x509/fingerprint.go`).
final class Fingerprint {
    private Fingerprint() {}

    static String of(X509Certificate certificate) {
        try {
            byte[] sum =
                    MessageDigest.getInstance("SHA-256")
                            .digest(certificate.getPublicKey().getEncoded());
            return Base64.getEncoder().encodeToString(sum);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }
}
