package dev.ichor.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import mockwebserver3.MockWebServer;

import okhttp3.OkHttpClient;

import org.bouncycastle.asn1.x500.X500Name;
import org.bouncycastle.asn1.x509.BasicConstraints;
import org.bouncycastle.asn1.x509.Extension;
import org.bouncycastle.asn1.x509.GeneralName;
import org.bouncycastle.asn1.x509.GeneralNames;
import org.bouncycastle.cert.jcajce.JcaX509v3CertificateBuilder;
import org.bouncycastle.operator.jcajce.JcaContentSignerBuilder;
import org.junit.jupiter.api.Test;

import java.math.BigInteger;
import java.security.KeyPair;
import java.security.KeyPairGenerator;
import java.security.KeyStore;
import java.security.SecureRandom;
import java.security.cert.Certificate;
import java.security.cert.X509Certificate;
import java.time.Duration;
import java.time.Instant;
import java.util.Date;

import javax.net.ssl.KeyManagerFactory;
import javax.net.ssl.SSLContext;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509TrustManager;

/// A server whose certificate is not right, each way in its own words.
class CertificateTroubleTest {
    private static final char[] NO_PASSWORD = new char[0];

    private final Instant now = Instant.now();
    private final Instant longAgo = now.minus(Duration.ofDays(400));
    private final Instant soon = now.plus(Duration.ofDays(400));

    @Test
    void an_expired_certificate_may_be_this_pcs_clock() throws Exception {
        assertThat(problem("localhost", longAgo, now.minusSeconds(3600), true).toString())
                .isEqualTo(
                        "localhost cannot prove who it is. Its certificate has expired, or this"
                                + " PC's clock is ahead. Check date and time of this PC, then try"
                                + " again.");
    }

    @Test
    void a_certificate_from_the_future_is_this_pcs_clock() throws Exception {
        assertThat(problem("localhost", now.plusSeconds(3600), soon, true).why())
                .isEqualTo("Its certificate is not valid yet: this PC's clock is behind.");
    }

    @Test
    void a_certificate_of_another_host_is_somebody_else() throws Exception {
        assertThat(problem("portal.example", longAgo, soon, true).why())
                .isEqualTo(
                        "Its certificate belongs to another host: something answers in its place.");
    }

    @Test
    void a_certificate_nobody_vouches_for_may_be_a_virus_scanner() throws Exception {
        Problem p = problem("localhost", longAgo, soon, false);

        assertThat(p.why()).isEqualTo("Its certificate is not from an authority this PC trusts.");
        assertThat(p.remedy()).contains("company proxy or a virus scanner");
    }

    @Test
    void a_good_one_is_no_trouble() throws Exception {
        assertThat(get("localhost", longAgo, soon, true)).isEqualTo("hello");
    }

    private Problem problem(String host, Instant from, Instant until, boolean trusted)
            throws Exception {
        try {
            get(host, from, until, trusted);
        } catch (ProblemException e) {
            return e.problem();
        }
        throw new AssertionError("nothing was refused");
    }

    private String get(String host, Instant from, Instant until, boolean trusted) throws Exception {
        KeyPair authority = keys();
        X509Certificate root = certificate("authority", authority, authority, longAgo, soon);
        KeyPair own = keys();
        X509Certificate leaf = certificate(host, own, authority, from, until);
        try (MockWebServer server = new MockWebServer()) {
            server.useHttps(serving(own, leaf).getSocketFactory());
            server.enqueue(new mockwebserver3.MockResponse.Builder().body("hello").build());
            server.start();
            OkHttpClient http = trusted ? trusting(root) : new OkHttpClient();
            Internet internet =
                    new Internet(
                            http,
                            Retry.usual(pause -> {
                                throw new AssertionError("asking again does not help");
                            }));
            return internet.download()
                    .text(server.url("/list").newBuilder().host("localhost").build());
        }
    }

    private static OkHttpClient trusting(X509Certificate root) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setCertificateEntry("root", root);
        TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
        factory.init(store);
        X509TrustManager trust = (X509TrustManager) factory.getTrustManagers()[0];
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(null, factory.getTrustManagers(), new SecureRandom());
        return new OkHttpClient.Builder().sslSocketFactory(tls.getSocketFactory(), trust).build();
    }

    private static SSLContext serving(KeyPair own, X509Certificate leaf) throws Exception {
        KeyStore store = KeyStore.getInstance("PKCS12");
        store.load(null, null);
        store.setKeyEntry("own", own.getPrivate(), NO_PASSWORD, new Certificate[] {leaf});
        KeyManagerFactory factory = KeyManagerFactory.getInstance("PKIX");
        factory.init(store, NO_PASSWORD);
        SSLContext tls = SSLContext.getInstance("TLS");
        tls.init(factory.getKeyManagers(), null, new SecureRandom());
        return tls;
    }

    private static X509Certificate certificate(
            String name, KeyPair keys, KeyPair signer, Instant from, Instant until)
            throws Exception {
        return TrustRoot.certificate(
                new JcaX509v3CertificateBuilder(
                                new X500Name("CN=authority"),
                                BigInteger.valueOf(name.hashCode() & 0xffff),
                                Date.from(from),
                                Date.from(until),
                                new X500Name("CN=" + name),
                                keys.getPublic())
                        .addExtension(
                                Extension.basicConstraints,
                                true,
                                new BasicConstraints(keys == signer))
                        .addExtension(
                                Extension.subjectAlternativeName,
                                false,
                                new GeneralNames(new GeneralName(GeneralName.dNSName, name)))
                        .build(
                                new JcaContentSignerBuilder("SHA256withECDSA")
                                        .build(signer.getPrivate()))
                        .getEncoded());
    }

    private static KeyPair keys() throws Exception {
        KeyPairGenerator g = KeyPairGenerator.getInstance("EC");
        g.initialize(256);
        return g.generateKeyPair();
    }
}
