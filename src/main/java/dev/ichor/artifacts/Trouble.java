package dev.ichor.artifacts;

import dev.ichor.cluster.ProblemException;

import okhttp3.HttpUrl;

import java.io.IOException;
import java.net.UnknownHostException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;

import javax.net.ssl.SSLException;
import javax.net.ssl.SSLPeerUnverifiedException;

/// What a failed connection means.
final class Trouble {
    private Trouble() {}

    /// Whether asking again in a moment may help: not for a name nobody knows or a certificate that
    /// is not right.
    static boolean mayPass(IOException e) {
        return !(e instanceof UnknownHostException || e instanceof SSLException);
    }

    static ProblemException words(HttpUrl url, IOException e) {
        if (caused(e, CertificateExpiredException.class)) {
            return Words.certificate(
                    url,
                    "Its certificate has expired, or this PC's clock is ahead.",
                    "Check date and time of this PC, then try again.",
                    e);
        }
        if (caused(e, CertificateNotYetValidException.class)) {
            return Words.certificate(
                    url,
                    "Its certificate is not valid yet: this PC's clock is behind.",
                    "Set date and time of this PC, then try again.",
                    e);
        }
        if (e instanceof SSLPeerUnverifiedException) {
            return Words.certificate(
                    url,
                    "Its certificate belongs to another host: something answers in its place.",
                    "Often that is a guest network's log-in page: open any page in your browser.",
                    e);
        }
        if (e instanceof SSLException) {
            return Words.certificate(
                    url,
                    "Its certificate is not from an authority this PC trusts.",
                    "If a company proxy or a virus scanner opens connections, let this address"
                            + " through, or use another network.",
                    e);
        }
        return Words.unreachable(url, e);
    }

    private static boolean caused(Throwable e, Class<? extends Throwable> kind) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (kind.isInstance(t)) {
                return true;
            }
        }
        return false;
    }
}
