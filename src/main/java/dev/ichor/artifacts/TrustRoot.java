package dev.ichor.artifacts;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.security.GeneralSecurityException;
import java.security.KeyFactory;
import java.security.PublicKey;
import java.security.cert.CertificateFactory;
import java.security.cert.X509Certificate;
import java.security.spec.X509EncodedKeySpec;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Base64;
import java.util.HexFormat;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.stream.Stream;

/// The keys a Sigstore instance is known by.
///
/// @param authorities certificate authorities (Fulcio)
/// @param certificateLogs where its certificates are logged (RFC 6962)
/// @param signatureLogs where signatures are logged (Rekor)
record TrustRoot(List<Authority> authorities, List<Log> certificateLogs, List<Log> signatureLogs) {
    /// @param chain issuing authority first, root last
    record Authority(Instant from, Instant until, List<X509Certificate> chain) {}

    /// A log's key; its ID is the key's SHA-256 (RFC 6962 section 3.2).
    record Log(Instant from, Instant until, PublicKey key) {
        String id() {
            return HexFormat.of().formatHex(Sums.sha256().digest(key.getEncoded()));
        }
    }

    /// The public instance's, from the resource `sigstore.keys`.
    static TrustRoot shipped() {
        try (InputStream in =
                Objects.requireNonNull(
                        TrustRoot.class.getResourceAsStream("sigstore.keys"), "sigstore.keys")) {
            return parse(new String(in.readAllBytes(), StandardCharsets.UTF_8));
        } catch (IOException e) {
            throw new UncheckedIOException("the program's own files cannot be read", e);
        } catch (GeneralSecurityException e) {
            throw new IllegalStateException("the program's own keys cannot be read", e);
        }
    }

    private static TrustRoot parse(String text) throws GeneralSecurityException {
        TrustRoot root = new TrustRoot(new ArrayList<>(), new ArrayList<>(), new ArrayList<>());
        for (String line : text.lines().filter(l -> !l.startsWith("#")).toList()) {
            String[] f = line.split(" ", -1);
            Instant from = Instant.parse(f[1]);
            Instant until = f[2].equals("-") ? Instant.MAX : Instant.parse(f[2]);
            switch (f[0]) {
                case "ca" -> root.authorities.add(new Authority(from, until, chain(f[3])));
                case "ct" -> root.certificateLogs.add(new Log(from, until, key(f[3])));
                case "rekor" -> root.signatureLogs.add(new Log(from, until, key(f[3])));
                default -> throw new IllegalStateException("what is " + f[0]);
            }
        }
        return root;
    }

    private static List<X509Certificate> chain(String text) throws GeneralSecurityException {
        List<X509Certificate> chain = new ArrayList<>();
        for (String one : text.split(",", -1)) {
            chain.add(certificate(Base64.getDecoder().decode(one)));
        }
        return chain;
    }

    static X509Certificate certificate(byte[] der) throws GeneralSecurityException {
        return (X509Certificate)
                CertificateFactory.getInstance("X.509")
                        .generateCertificate(new ByteArrayInputStream(der));
    }

    private static PublicKey key(String base64) throws GeneralSecurityException {
        byte[] der = Base64.getDecoder().decode(base64);
        return KeyFactory.getInstance("EC").generatePublic(new X509EncodedKeySpec(der));
    }

    Stream<Authority> authoritiesAt(Instant time) {
        return authorities.stream()
                .filter(a -> !time.isBefore(a.from()) && !time.isAfter(a.until()));
    }

    static Optional<Log> find(List<Log> logs, String id, Instant time) {
        return logs.stream()
                .filter(l -> l.id().equals(id))
                .filter(l -> !time.isBefore(l.from()) && !time.isAfter(l.until()))
                .findFirst();
    }
}
