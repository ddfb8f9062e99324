package dev.ichor.nas;

import static dev.ichor.nas.Refused.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;

import org.apache.sshd.common.file.virtualfs.VirtualFileSystemFactory;
import org.apache.sshd.core.CoreModuleProperties;
import org.apache.sshd.server.SshServer;
import org.apache.sshd.server.auth.keyboard.DefaultKeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.InteractiveChallenge;
import org.apache.sshd.server.auth.keyboard.KeyboardInteractiveAuthenticator;
import org.apache.sshd.server.auth.keyboard.UserAuthKeyboardInteractiveFactory;
import org.apache.sshd.server.auth.password.UserAuthPasswordFactory;
import org.apache.sshd.server.keyprovider.SimpleGeneratorHostKeyProvider;
import org.apache.sshd.server.session.ServerSession;
import org.apache.sshd.sftp.server.SftpSubsystemFactory;
import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.function.Supplier;

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

    /// As pam_google_authenticator and pam_oath ask.
    @ParameterizedTest
    @ValueSource(
            strings = {
                "Password: |Verification code: ",
                "Password:|One-time password (OATH) for `admin': ",
                "Passwort|Einmalcode"
            })
    void a_nas_that_asks_for_password_and_one_time_code_gets_both(String questions)
            throws Exception {
        List<String> answers = ask(questions.split("\\|"));
        server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));

        connect("pässword", () -> "123456").close();

        assertThat(answers).containsExactly("pässword", "123456");
    }

    @Test
    void a_one_time_code_may_come_after_the_password_or_after_a_key() throws Exception {
        Path key = nas.resolve("key");
        new ProcessBuilder("ssh-keygen", "-q", "-t", "ed25519", "-N", "", "-f", key.toString())
                .start()
                .waitFor();
        assumeTrue(Files.exists(key), "skipped: needs ssh-keygen (openssh-client)");
        server.setPublickeyAuthenticator((user, shown, session) -> true);
        List<String> answers = ask("Verification code: ");

        CoreModuleProperties.AUTH_METHODS.set(server, "publickey,keyboard-interactive");
        connect(new Access.KeyFile(key, () -> new char[0], () -> "654321")).close();
        CoreModuleProperties.AUTH_METHODS.set(server, "password,keyboard-interactive");
        connect("pässword", () -> "123456").close();

        assertThat(answers).containsExactly("654321", "123456");
        assertThat(tried).hasSize(1);
    }

    @Test
    void a_missing_code_is_told_and_a_wrong_one_is_tried_once() {
        List<String> answers = ask("Password: ", "Verification code: ");
        server.setUserAuthFactories(List.of(UserAuthKeyboardInteractiveFactory.INSTANCE));

        assertThat(refused(() -> connect("pässword", () -> "")).what())
                .isEqualTo("127.0.0.1 lets admin in only with a code.");
        answers.clear();
        assertThat(refused(() -> connect("pässword", () -> "000000")).what())
                .isEqualTo("127.0.0.1 refuses to let admin in.");
        assertThat(answers).containsExactly("pässword", "000000");
    }

    /// The server asks these; a code is right that does not end on 0.
    ///
    /// @return what it was answered
    private List<String> ask(String... questions) {
        List<String> given = new ArrayList<>();
        server.setKeyboardInteractiveAuthenticator(
                new KeyboardInteractiveAuthenticator() {
                    @Override
                    public InteractiveChallenge generateChallenge(
                            ServerSession s, String user, String language, String methods) {
                        InteractiveChallenge challenge = new InteractiveChallenge();
                        for (String question : questions) {
                            challenge.addPrompt(question, false);
                        }
                        return challenge;
                    }

                    @Override
                    public boolean authenticate(
                            ServerSession s, String user, List<String> responses) {
                        given.addAll(responses);
                        return responses.getLast().matches("[0-9]{5}[1-9]");
                    }
                });
        return given;
    }

    private Nas connect(String password) throws Exception {
        return connect(password, () -> "");
    }

    private Nas connect(String password, Supplier<String> code) throws Exception {
        return connect(new Access.Password(password::toCharArray, code));
    }

    private Nas connect(Access access) throws Exception {
        return Nas.connect(
                new NasTarget(
                        "127.0.0.1",
                        server.getPort(),
                        "admin",
                        "/docker",
                        null,
                        "http://127.0.0.1"),
                access,
                key -> true);
    }
}
