package dev.ichor.talos;

import org.jspecify.annotations.Nullable;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyStore;
import java.security.Principal;
import java.security.PrivateKey;
import java.security.cert.CertificateException;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;

import javax.net.ssl.SSLEngine;
import javax.net.ssl.TrustManagerFactory;
import javax.net.ssl.X509ExtendedKeyManager;
import javax.net.ssl.X509TrustManager;

/// From PEM to what Java's TLS takes, for clients and for pretended servers.
public final class Tls {
    private static final String ALIAS = "own";

    private Tls() {}

    /// Shows this one certificate, whoever asks. A key store would do too, but encrypts the key
    /// with ten thousand rounds each time.
    ///
    /// @throws IllegalArgumentException when the pair is not PEM of its kind
    public static X509ExtendedKeyManager keys(PemPair pair) {
        return new OneKey(certificate(pair.crt()), Keys.parse(pair.key()));
    }

    /// Trusts what this authority signed, and nothing else.
    ///
    /// @throws IllegalArgumentException when it is not PEM of a certificate
    public static X509TrustManager trust(String caPem) {
        try {
            KeyStore store = KeyStore.getInstance("PKCS12");
            store.load(null, null);
            store.setCertificateEntry("ca", certificate(caPem));
            TrustManagerFactory factory = TrustManagerFactory.getInstance("PKIX");
            factory.init(store);
            return (X509TrustManager) factory.getTrustManagers()[0];
        } catch (GeneralSecurityException | IOException e) {
            throw new IllegalStateException("every Java can trust one certificate", e);
        }
    }

    /// A certificate from its PEM.
    ///
    /// @throws IllegalArgumentException when it is none
    public static X509Certificate certificate(String pem) {
        try {
            return (X509Certificate)
                    CertificateFactory.getInstance("X.509")
                            .generateCertificate(
                                    new ByteArrayInputStream(
                                            pem.getBytes(StandardCharsets.ISO_8859_1)));
        } catch (CertificateException e) {
            throw new IllegalArgumentException("not a certificate", e);
        }
    }

    private static final class OneKey extends X509ExtendedKeyManager {
        private final X509Certificate certificate;
        private final PrivateKey key;

        OneKey(X509Certificate certificate, PrivateKey key) {
            this.certificate = certificate;
            this.key = key;
        }

        private String[] all(String type) {
            return type.equals(certificate.getPublicKey().getAlgorithm())
                            || type.equals(key.getAlgorithm())
                    ? new String[] {ALIAS}
                    : new String[0];
        }

        private @Nullable String one(String... types) {
            for (String type : types) {
                if (all(type).length > 0) {
                    return ALIAS;
                }
            }
            return null;
        }

        @Override
        public String[] getClientAliases(String type, Principal @Nullable [] issuers) {
            return all(type);
        }

        @Override
        public String[] getServerAliases(String type, Principal @Nullable [] issuers) {
            return all(type);
        }

        @Override
        public @Nullable String chooseClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return one(types);
        }

        @Override
        public @Nullable String chooseServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable Socket socket) {
            return one(type);
        }

        @Override
        public @Nullable String chooseEngineClientAlias(
                String[] types, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return one(types);
        }

        @Override
        public @Nullable String chooseEngineServerAlias(
                String type, Principal @Nullable [] issuers, @Nullable SSLEngine engine) {
            return one(type);
        }

        @Override
        public X509Certificate[] getCertificateChain(String alias) {
            return new X509Certificate[] {certificate};
        }

        @Override
        public PrivateKey getPrivateKey(String alias) {
            return key;
        }
    }
}
