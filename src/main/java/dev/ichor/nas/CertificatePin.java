package dev.ichor.nas;

import org.jspecify.annotations.Nullable;

import java.net.Socket;
import java.security.cert.CertificateException;
import java.security.cert.X509Certificate;
import java.util.function.Predicate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.X509ExtendedTrustManager;

/// Lets only the pinned certificate pass, or asks the owner once when none is pinned. A NAS signs
/// its own: names and dates in it prove nothing, its fingerprint does.
final class CertificatePin extends X509ExtendedTrustManager {
    private final Predicate<String> accept;
    private @Nullable String pinned;
    private String shown = "";

    CertificatePin(@Nullable String pinned, Predicate<String> accept) {
        this.pinned = pinned;
        this.accept = accept;
    }

    /// The fingerprint the NAS has shown, or empty before.
    String shown() {
        return shown;
    }

    private void check(X509Certificate[] chain) throws CertificateException {
        shown = HostKeyCheck.fingerprint(chain[0].getEncoded());
        if (pinned == null && accept.test(shown)) {
            pinned = shown;
        }
        if (!shown.equals(pinned)) {
            throw new CertificateException("not the certificate that was accepted");
        }
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkServerTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        check(chain);
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type)
            throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, Socket socket)
            throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public void checkClientTrusted(X509Certificate[] chain, String type, SSLEngine engine)
            throws CertificateException {
        throw new CertificateException("we are no server");
    }

    @Override
    public X509Certificate[] getAcceptedIssuers() {
        return new X509Certificate[0];
    }
}
