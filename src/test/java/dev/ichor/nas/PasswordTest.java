package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;

import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Another make of SSH server, with a password: sshd checks one only as root with a real account.
class PasswordTest {
    @TempDir Path nas;
    private final SshServer server = SshServer.setUpDefaultServer();
    private final List<String> tried = new ArrayList<>();

    @BeforeEach
    void start() throws Exception {
        server.setHost("127.0.0.1");
        server.setKeyPairProvider(new SimpleGeneratorHostKeyProvider());
        server.setPasswordAuthenticator((user, password, session) -> {
            tried.add(user);
            return user.equals("admin") && password.equals("pässword");
        });
        server.setKeyboardInteractiveAuthenticator(new DefaultKeyboardInteractiveAuthenticator());
        server.setSubsystemFactories(List.of(new SftpSubsystemFactory()));
        server.setFileSystemFactory(new VirtualFileSystemFactory(nas));
        Files.createDirectory(nas.resolve("docker"));
        server.start();
    }

    @AfterEach
    void stop() throws Exception {
        server.close(true);
    }

    @Test
    void a_right_password_opens_the_shared_folders() throws Exception {
        try (Nas to = connect("pässword")) {
            assertThat(
                            to.deploy(
                                    BootTree.of(Map.of("a/b.txt", new Content.Text("hello"))),
                                    Amount.IGNORE))
                    .isEqualTo(new DeployReport(1, 0, 0, 5));
            assertThat(nas.resolve("docker/a/b.txt")).hasContent("hello");
            assertThat(
                            to.deploy(
                                    BootTree.of(Map.of("a/b.txt", new Content.Text("again"))),
                                    Amount.IGNORE))
                    .isEqualTo(new DeployReport(1, 0, 0, 5));
            assertThat(nas.resolve("docker/a/b.txt")).hasContent("again");
        }
    }

    @Test
    void a_nas_that_asks_for_it_by_keyboard_interactive_gets_it() throws Exception {
        server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));

        try (Nas to = connect("pässword")) {
            assertThat(to.hostKey()).startsWith("SHA256:");
        }
    }

    @Test
    void a_wrong_one_is_tried_once_though_the_nas_knows_two_ways_to_ask() {
        server.setUserAuthFactories(
                List.of(
                        UserAuthPasswordFactory.INSTANCE,
                        UserAuthKeyboardInteractiveFactory.INSTANCE));

        assertThatThrownBy(() -> connect("secret-but-wrong"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().what())
                                        .isEqualTo("127.0.0.1 refuses to let admin in."))
                .hasStackTraceContaining("refuses")
                .hasMessageNotContaining("secret-but-wrong");
        assertThat(tried).hasSize(1);
    }

    private Nas connect(String password) throws Exception {
        return Nas.connect(
                new NasTarget(
                        "127.0.0.1",
                        server.getPort(),
                        "admin",
                        "/docker",
                        null,
                        "http://127.0.0.1"),
                new Access.Password(password::toCharArray),
                key -> true);
    }
}
