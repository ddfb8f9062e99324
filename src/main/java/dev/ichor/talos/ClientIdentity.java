package dev.ichor.talos;

/// What a client needs for mutual TLS.
///
/// @param ca PEM of the authority that signed the servers' certificates
/// @param client the client's own certificate and key
public record ClientIdentity(String ca, PemPair client) {
    /// Nothing secret.
    @Override
    public String toString() {
        return "ClientIdentity[key hidden]";
    }
}
