package dev.ichor.router;

import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.net.Socket;
import java.security.GeneralSecurityException;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.security.cert.CertificateEncodingException;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.HexFormat;
import java.util.Locale;
import java.util.function.Predicate;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLEngine;
import javax.net.ssl.SSLSocketFactory;
import javax.net.ssl.TrustManager;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets only the pinned certificate pass, or asks the owner once when none is pinned. Consoles sign
/// their own, so neither name nor authority says anything.
final class Pin extends X509ExtendedTrustManager {
    private final @Nullable String pinned;
    private final Predicate<String> accept;
    private String shown = "";
    private boolean good;

    /// @param pinned fingerprint, or null before the first connection
    /// @param accept asked with the fingerprint when none is pinned
    Pin(@Nullable String pinned, Predicate<String> accept) {
        this.pinned = pinned;
        this.accept = accept;
    }

    /// SHA-256 of the certificate as browsers show it, or empty before the first connection.
    synchronized String shown() {
        return shown;
    }

    /// Why the certificate was refused.
    synchronized ProblemException refused(String host) {
        return pinned == null
                ? new ProblemException(
                        "The router at " + host + " was not accepted.",
                        "Its certificate is " + shown + ".",
                        "Compare it with what a browser shows for the router's page, then accept"
                                + " it.")
                : new ProblemException(
                        "The router at " + host + " shows another certificate than before.",
                        "It shows " + shown + "; before it was " + pinned + ".",
                        "If the router was reset or renewed, forget the old one; else something"
                                + " answers in its place.");
    }

    /// Whether the certificate was seen and not accepted.
    synchronized boolean isRefused() {
        return !shown.isEmpty() && !good;
    }

    SSLSocketFactory sockets() {
        try {
            SSLContext context = SSLContext.getInstance("TLS");
            context.init(null, new TrustManager[] {this}, null);
            return context.getSocketFactory();
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS", e);
        }
    }

    private synchronized void check(X509Certificate leaf) throws CertificateException {
        String fingerprint = fingerprint(leaf);
        if (!fingerprint.equals(shown)) {
            good =
                    pinned != null
                            ? pinned.equals(fingerprint)
                            : shown.isEmpty() && accept.test(fingerprint);
            shown = fingerprint;
        }
        if (!good) {
            throw new CertificateException("not the pinned certificate");
        }
    }

    static String fingerprint(X509Certificate leaf) throws CertificateEncodingException {
        try {
            byte[] hash = MessageDigest.getInstance("SHA-256").digest(leaf.getEncoded());
            return HexFormat.ofDelimiter(":").formatHex(hash).toUpperCase(Locale.ROOT);
        } catch (NoSuchAlgorithmException e) {
            throw new IllegalStateException("every Java has SHA-256", e);
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        check(chain[0]);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        check(chain[0]);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind)
            throws CertificateException {
        throw new CertificateException("we serve nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, Socket socket)
            throws CertificateException {
        throw new CertificateException("we serve nobody");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String kind, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("we serve nobody");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
