package dev.ichor.cluster;

import org.jspecify.annotations.Nullable;

/// Where the tree goes on the NAS. Passwords are never part of it.
///
/// @param host name or address
/// @param port SSH port, usually 22
/// @param user log-in name
/// @param folder folder as SFTP shows it, for instance `/docker/matchbox`
/// @param hostKey pinned fingerprint `SHA256:…`, or null before the first connection
/// @param httpBase where the NAS's Matchbox will answer, for instance `http://192.168.1.20:8080`
public record NasTarget(
        String host,
        int port,
        String user,
        String folder,
        @Nullable String hostKey,
        String httpBase) {
    /// The same target with the key the owner has accepted.
    public NasTarget pinned(String key) {
        return new NasTarget(host, port, user, folder, key, httpBase);
    }
}
