package dev.ichor.trust;

import org.jspecify.annotations.Nullable;

import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;

/// The certificate that was accepted once. Lets only that one pass, or asks the owner once when
/// none is pinned.
public final class Pin implements Predicate<X509Certificate> {
    private final @Nullable String pinned;
    private final Predicate<String> accept;
    private String shown = "";
    private boolean good;

    /// @param pinned fingerprint, or null before the first connection
    /// @param accept asked with the fingerprint when none is pinned
    public Pin(@Nullable String pinned, Predicate<String> accept) {
        this.pinned = pinned;
        this.accept = accept;
    }

    /// The fingerprint of the server's certificate, or empty before the first connection.
    public synchronized String shown() {
        return shown;
    }

    /// Whether a certificate was seen and not accepted.
    public synchronized boolean isRefused() {
        return !shown.isEmpty() && !good;
    }

    /// For connections to that server.
    public LeafTrust trust() {
        return new LeafTrust(this);
    }

    @Override
    public synchronized boolean test(X509Certificate leaf) {
        String fingerprint = fingerprint(leaf);
        if (!fingerprint.equals(shown)) {
            good =
                    pinned != null
                            ? pinned.equals(fingerprint)
                            : shown.isEmpty() && accept.test(fingerprint);
            shown = fingerprint;
        }
        return good;
    }

    /// SHA-256 of the certificate as browsers show it: `AB:CD:…`.
    public static String fingerprint(X509Certificate leaf) {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(hash).toUpperCase(Locale.ROOT);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("a certificate that was read has its bytes", e);
        }
    }
}
