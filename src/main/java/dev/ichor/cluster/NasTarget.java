package dev.ichor.cluster;

import org.jspecify.annotations.Nullable;

import java.net.URI;
import java.util.Optional;

/// Where the tree goes on the NAS. Passwords are never part of it.
///
/// @param host name or address for SFTP, with `smb://` before it for a Windows share, `ftps://` or
///   `ftp://` for FTP with and without TLS, `dsm://` for a Synology's File Station, or `file:` for
///   a folder this PC sees itself
/// @param port port; 22, the usual one of SFTP, stands for the others' usual ones too
/// @param user log-in name
/// @param folder folder as SFTP shows it, for instance `/docker/matchbox`; by SMB share and folder,
///   the same way; with `file:` a path of this PC or a UNC path
/// @param hostKey pinned fingerprint `SHA256:…`, or null before the first connection
/// @param httpBase where the NAS's Matchbox will answer, for instance `http://192.168.1.20:8080`
/// @param key how SFTP lets us in: null by password, [#AGENT] by the SSH agent, else by the private
///   key in the file of that name
/// @param configs whether the owner wants the machines' configs there, too, until they are sealed
public record NasTarget(
        String host,
        int port,
        String user,
        String folder,
        @Nullable String hostKey,
        String httpBase,
        @Nullable String key,
        boolean configs) {
    /// What stands for the SSH agent's keys.
    public static final String AGENT = "agent";

    private static final int SSH_PORT = 22;

    /// By password, without configs.
    public NasTarget(
            String host,
            int port,
            String user,
            String folder,
            @Nullable String hostKey,
            String httpBase) {
        this(host, port, user, folder, hostKey, httpBase, null, false);
    }

    /// How the folder is reached.
    public enum Protocol {
        /// By SSH.
        SFTP("", SSH_PORT),
        /// A Windows share.
        SMB("smb://", 445),
        /// FTP over TLS (RFC 4217).
        FTPS("ftps://", 21),
        /// FTP in the clear.
        FTP("ftp://", 21),
        /// A Synology's File Station, over DSM's own HTTPS.
        DSM("dsm://", 5001),
        /// No network of ours.
        FOLDER("file:", 0);

        private final String prefix;
        private final int usualPort;

        Protocol(String prefix, int usualPort) {
            this.prefix = prefix;
            this.usualPort = usualPort;
        }
    }

    /// As the host says.
    public Protocol protocol() {
        for (Protocol p : Protocol.values()) {
            if (p != Protocol.SFTP && host.startsWith(p.prefix)) {
                return p;
            }
        }
        return Protocol.SFTP;
    }

    /// The host without the protocol.
    public String server() {
        return host.substring(protocol().prefix.length());
    }

    /// The port to connect to.
    public int serverPort() {
        return port == SSH_PORT ? protocol().usualPort : port;
    }

    /// [#httpBase], if machines can boot from it: iPXE needs a plain `http://` URL.
    public Optional<URI> base() {
        try {
            return Optional.of(URI.create(httpBase))
                    .filter(u -> "http".equals(u.getScheme()) && u.getHost() != null);
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The address that machines reach it at, or [Ip4#NONE] while [#httpBase] names none.
    public Ip4 address() {
        return base().flatMap(u -> Ip4.parse(u.getHost())).orElse(Ip4.NONE);
    }

    /// The same target with the key the owner has accepted.
    public NasTarget pinned(@Nullable String fingerprint) {
        return new NasTarget(host, port, user, folder, fingerprint, httpBase, key, configs);
    }

    /// The same target with another way in.
    public NasTarget by(@Nullable String otherKey) {
        return new NasTarget(host, port, user, folder, hostKey, httpBase, otherKey, configs);
    }

    /// The same target with the machines' configs, or without.
    public NasTarget holding(boolean machinesConfigs) {
        return new NasTarget(host, port, user, folder, hostKey, httpBase, key, machinesConfigs);
    }
}
