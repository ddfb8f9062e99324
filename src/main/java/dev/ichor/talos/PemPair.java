package dev.ichor.talos;

/// A certificate and its private key as PEM text. Carried as they were read: some upstream
/// certificates cannot be parsed by Java (the aggregator CA that talosctl 1.9 to 1.13 makes has an
/// empty issuer).
///
/// @param crt PEM of one certificate
/// @param key PEM of its private key, label `EC`, `ED25519` or `RSA PRIVATE KEY`
public record PemPair(String crt, String key) {
    static PemPair ofBase64(String crt, String key) {
        return new PemPair(Pem.text(crt), Pem.text(key));
    }

    /// Nothing secret.
    @Override
    public String toString() {
        return "PemPair[key hidden]";
    }
}
