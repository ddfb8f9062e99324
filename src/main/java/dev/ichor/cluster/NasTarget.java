package dev.ichor.cluster;

import org.jspecify.annotations.Nullable;

/// Where the tree goes on the NAS. Passwords are never part of it.
///
/// @param host name or address for SFTP, with `smb://` before it for a Windows share, or `file:`
///   for a folder this PC sees itself
/// @param port port; 22, the usual one of SFTP, stands for SMB's usual one too
/// @param user log-in name
/// @param folder folder as SFTP shows it, for instance `/docker/matchbox`; by SMB share and folder,
///   the same way; with `file:` a path of this PC or a UNC path
/// @param hostKey pinned fingerprint `SHA256:…`, or null before the first connection
/// @param httpBase where the NAS's Matchbox will answer, for instance `http://192.168.1.20:8080`
public record NasTarget(
        String host,
        int port,
        String user,
        String folder,
        @Nullable String hostKey,
        String httpBase) {
    private static final String SMB = "smb://";
    private static final int SSH_PORT = 22;
    private static final int SMB_PORT = 445;

    /// How the folder is reached.
    public enum Protocol {
        SFTP,
        SMB,
        FOLDER
    }

    /// As the host says.
    public Protocol protocol() {
        return host.equals("file:")
                ? Protocol.FOLDER
                : host.startsWith(SMB) ? Protocol.SMB : Protocol.SFTP;
    }

    /// The host without the protocol.
    public String server() {
        return protocol() == Protocol.SMB ? host.substring(SMB.length()) : host;
    }

    /// The port to connect to.
    public int serverPort() {
        return protocol() == Protocol.SMB && port == SSH_PORT ? SMB_PORT : port;
    }

    /// The same target with the key the owner has accepted.
    public NasTarget pinned(@Nullable String key) {
        return new NasTarget(host, port, user, folder, key, httpBase);
    }
}
