package dev.ichor.talos.api;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Problem;
import dev.ichor.talos.Tls;
import dev.ichor.trust.LeafTrust;

import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketTimeoutException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.cert.CertificateExpiredException;
import java.security.cert.CertificateNotYetValidException;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.InstantSource;
import java.util.Date;
import java.util.concurrent.atomic.AtomicReference;

import javax.net.ssl.SSLContext;
import javax.net.ssl.SSLException;
import javax.net.ssl.SSLParameters;
import javax.net.ssl.SSLSocket;
import javax.net.ssl.TrustManager;

/// Tells what waits at a Talos API's port, as a stranger without a certificate: a machine without
/// config lets anybody in, a configured one shows whose it is and then asks for a certificate.
///
/// Nothing is sent but a TLS handshake and the beginning of HTTP/2.
final class Knock {
    /// A whole handshake on a slow thin client; apid is there at once or not at all.
    static final Duration PATIENCE = Duration.ofSeconds(5);

    /// The connection preface and an empty SETTINGS frame (RFC 9113 section 3.4).
    private static final byte[] HTTP2 = http2();

    private final String caPem;
    private final InstantSource clock;
    private final int patienceMillis;

    /// @param caPem authority of this cluster's Talos API
    Knock(String caPem, InstantSource clock, Duration patience) {
        this.caPem = caPem;
        this.clock = clock;
        this.patienceMillis = (int) patience.toMillis();
    }

    /// Who answers.
    sealed interface Answer {
        /// A machine without config.
        ///
        /// @param fingerprint as its screen shows it
        record Maintenance(String fingerprint) implements Answer {}

        /// A configured machine of this cluster.
        record Ours() implements Answer {}

        /// A configured machine of another cluster.
        record Foreign(String fingerprint) implements Answer {}

        /// Something that is no good, in one sentence and what to do.
        record Odd(Problem problem) implements Answer {}

        /// Nobody.
        record Away() implements Answer {}
    }

    Answer at(Ip4 ip, int port) {
        String who = ip + ":" + port;
        try (Socket plain = new Socket()) {
            plain.connect(new InetSocketAddress(ip.inet(), port), patienceMillis);
            plain.setSoTimeout(patienceMillis);
            return handshake(plain, who);
        } catch (IOException e) {
            return new Answer.Away();
        }
    }

    private Answer handshake(Socket plain, String who) throws IOException {
        AtomicReference<X509Certificate> leaf = new AtomicReference<>();
        try (SSLSocket tls =
                (SSLSocket) context(leaf).getSocketFactory().createSocket(plain, who, 0, true)) {
            SSLParameters how = new SSLParameters();
            how.setProtocols(new String[] {"TLSv1.3"});
            how.setApplicationProtocols(new String[] {"h2"});
            tls.setSSLParameters(how);
            tls.startHandshake();
            return judge(who, leaf.get(), letsIn(tls));
        } catch (SocketTimeoutException e) {
            return odd(
                    who + " takes connections but does not finish the TLS handshake.",
                    "It hangs, or something else than Talos listens there.",
                    "Look at the machine's screen; switch it off and on.");
        } catch (SSLException e) {
            return odd(
                    who + " answers with something that is not the Talos API.",
                    "Its TLS makes no sense: " + oneLine(e) + ".",
                    "Look which machine has this address.");
        }
    }

    /// Whether it talks HTTP/2 to somebody without a certificate. With TLS 1.3 a refusal comes as
    /// an alert after the handshake.
    private static boolean letsIn(SSLSocket tls) throws SocketTimeoutException {
        try {
            tls.getOutputStream().write(HTTP2);
            tls.getOutputStream().flush();
            return tls.getInputStream().read() >= 0;
        } catch (SocketTimeoutException e) {
            throw e;
        } catch (IOException e) {
            return false;
        }
    }

    private Answer judge(String who, X509Certificate leaf, boolean letsIn) {
        if (letsIn) {
            return new Answer.Maintenance(Fingerprint.of(leaf));
        }
        try {
            leaf.verify(Tls.certificate(caPem).getPublicKey());
        } catch (GeneralSecurityException e) {
            return new Answer.Foreign(Fingerprint.of(leaf));
        }
        try {
            leaf.checkValidity(Date.from(clock.instant()));
            return new Answer.Ours();
        } catch (CertificateNotYetValidException e) {
            return clock(who, "only from " + day(leaf.getNotBefore()) + " on");
        } catch (CertificateExpiredException e) {
            return clock(who, "only until " + day(leaf.getNotAfter()));
        }
    }

    private Answer clock(String who, String when) {
        return odd(
                who + " shows a certificate of this cluster that is valid " + when + ".",
                "This PC's clock says "
                        + day(Date.from(clock.instant()))
                        + "; one of the two is"
                        + " wrong.",
                "Set the wrong clock; a machine takes the time from its firmware and by NTP.");
    }

    private static String day(Date date) {
        return date.toInstant().toString().substring(0, 10);
    }

    private static Answer odd(String what, String why, String remedy) {
        return new Answer.Odd(new Problem(what, why, remedy));
    }

    private static String oneLine(Exception e) {
        return Refusals.bounded(String.valueOf(e.getMessage()));
    }

    private static SSLContext context(AtomicReference<X509Certificate> leaf) {
        try {
            SSLContext context = SSLContext.getInstance("TLSv1.3");
            TrustManager all =
                    new LeafTrust(c -> {
                        leaf.set(c);
                        return true;
                    });
            context.init(null, new TrustManager[] {all}, null);
            return context;
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("every Java has TLS 1.3", e);
        }
    }

    private static byte[] http2() {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.writeBytes("PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".getBytes(StandardCharsets.US_ASCII));
        out.writeBytes(new byte[] {0, 0, 0, 4, 0, 0, 0, 0, 0});
        return out.toByteArray();
    }
}
