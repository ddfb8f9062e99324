package dev.ichor.fleet;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.NasTarget;

import org.apache.sshd.common.config.keys.KeyUtils;
import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.List;

/// A NAS that speaks SFTP, with its own host key and one user whose root is a folder of ours.
final class PretendNas implements AutoCloseable {
    private static final String USER = "pretend";
    private static final String SHARE = "docker";
    private static final String FOLDER = "/" + SHARE + "/matchbox";
    private static final int EC_BITS = 256;

    private final SshServer server;
    private final String password;

    private PretendNas(SshServer server, String password) {
        this.server = server;
        this.password = password;
    }

    /// @param root an empty folder, shown as `/`
    /// @param password of the one user
    static PretendNas start(Ip4 address, Path root, String password) throws IOException {
        Files.createDirectories(root.resolve(SHARE));
        SshServer server = SshServer.setUpDefaultServer();
        server.setHost(address.toString());
        server.setPort(0);
        server.setKeyPairProvider(hostKey());
        server.setPasswordAuthenticator((user, word, session) -> matches(user, word, password));
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(root));
        server.start();
        return new PretendNas(server, password);
    }

    private static SimpleGeneratorHostKeyProvider hostKey() {
        SimpleGeneratorHostKeyProvider keys = new SimpleGeneratorHostKeyProvider();
        keys.setAlgorithm(KeyUtils.EC_ALGORITHM);
        keys.setKeySize(EC_BITS);
        return keys;
    }

    private static boolean matches(String user, String given, String right) {
        return user.equals(USER)
                && MessageDigest.isEqual(
                        given.getBytes(StandardCharsets.UTF_8),
                        right.getBytes(StandardCharsets.UTF_8));
    }

    /// Not pinned yet: its key is shown at the first connection, as with a real one.
    ///
    /// @param httpPort where its Matchbox would answer
    NasTarget target(int httpPort) {
        String host = server.getHost();
        return new NasTarget(
                host, server.getPort(), USER, FOLDER, null, "http://" + host + ":" + httpPort);
    }

    char[] password() {
        return password.toCharArray();
    }

    @Override
    public void close() throws IOException {
        server.stop(true);
    }
}
