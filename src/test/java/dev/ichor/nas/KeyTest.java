package dev.ichor.nas;

import static dev.ichor.nas.Refused.refused;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.Peer;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.IOException;
import java.net.StandardProtocolFamily;
import java.net.UnixDomainSocketAddress;
import java.nio.channels.SocketChannel;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Keys of every kind, made by OpenSSH and let in by its server.
class KeyTest {
    private static final String PASSPHRASE = "größer als eins";

    @TempDir Path home;
    @TempDir Path nas;

    @ParameterizedTest
    @CsvSource({
        "ed25519, RFC4716, " + PASSPHRASE,
        "rsa, RFC4716, " + PASSPHRASE,
        "ecdsa, RFC4716, " + PASSPHRASE,
        "rsa, PEM, " + PASSPHRASE,
        "ecdsa, PEM, " + PASSPHRASE,
        "rsa, PKCS8, of letters in ASCII"
    })
    void a_key_of_any_kind_opens_it_plain_and_with_its_passphrase(
            String type, String format, String locked) throws Exception {
        try (Sshd sshd = Sshd.start(home)) {
            for (String passphrase : List.of("", locked)) {
                Path key = key("key" + passphrase.length(), type, format, passphrase);
                sshd.authorize(key);
                List<char[]> asked = new ArrayList<>();

                connect(sshd, by(key, passphrase, asked)).close();

                assertThat(asked).hasSize(passphrase.isEmpty() ? 0 : 1);
                assertThat(asked).allSatisfy(p -> assertThat(p).containsOnly('\0'));
            }
        }
    }

    @Test
    void a_wrong_passphrase_or_none_is_told_and_nothing_is_asked_of_the_nas() throws Exception {
        Path key = key("key", "ed25519", "RFC4716", PASSPHRASE);
        try (Sshd sshd = Sshd.start(home, "LogLevel VERBOSE")) {
            sshd.authorize(key);
            for (String wrong : List.of("wrong", "")) {
                Problem problem = refused(() -> connect(sshd, by(key, wrong, new ArrayList<>())));

                assertThat(problem.what()).isEqualTo("The key file " + key + " stays locked.");
                assertThat(problem.toString()).doesNotContain("wrong");
            }
            assertThat(sshd.log()).noneMatch(l -> l.contains("Connection from"));
        }
    }

    @Test
    void a_file_that_is_no_private_key_is_named() throws Exception {
        Path key = key("key", "ed25519", "RFC4716", "");
        try (Sshd sshd = Sshd.start(home)) {
            for (String name : List.of("key.pub", "none", ".")) {
                Path file = key.resolveSibling(name);
                assertThat(refused(() -> connect(sshd, new Access.KeyFile(file))).what())
                        .isEqualTo("The key file " + file + " could not be read.");
            }
        }
    }

    @Test
    void a_key_that_the_nas_does_not_know_is_refused() throws Exception {
        Path key = key("key", "ed25519", "RFC4716", "");
        try (Sshd sshd = Sshd.start(home)) {
            assertThat(refused(() -> connect(sshd, new Access.KeyFile(key))).what())
                    .startsWith("127.0.0.1 refuses to let ");
        }
    }

    @Test
    void the_keys_of_a_running_agent_open_it_and_never_leave_it() throws Exception {
        Path key = key("key", "ed25519", "RFC4716", "");
        Path stranger = key("stranger", "rsa", "RFC4716", "");
        Path socket = home.resolve("agent");
        try (Agent agent = Agent.start(socket);
                Sshd sshd = Sshd.start(home)) {
            Access access = new Access.Agent(new SshAgent(socket.toString()), () -> "");
            assertThat(refused(() -> connect(sshd, access)).what())
                    .isEqualTo("The SSH agent holds no key.");

            agent.add(stranger);
            assertThat(refused(() -> connect(sshd, access)).what())
                    .startsWith("127.0.0.1 refuses to let ");

            agent.add(key);
            sshd.authorize(key);
            Files.delete(key);
            connect(sshd, access).close();
        }
    }

    @Test
    void an_agent_that_is_not_there_is_told() throws Exception {
        try (Sshd sshd = Sshd.start(home)) {
            String gone = home.resolve("gone").toString();
            Problem problem =
                    refused(() -> connect(sshd, new Access.Agent(new SshAgent(gone), () -> "")));
            assertThat(problem.what()).isEqualTo("There is no SSH agent on this PC that answers.");
            assertThat(problem.why()).isEqualTo("Nobody answers at " + gone + ".");
            assertThat(
                            refused(() ->
                                            connect(
                                                    sshd,
                                                    new Access.Agent(new SshAgent(""), () -> "")))
                                    .why())
                    .isEqualTo("SSH_AUTH_SOCK names none.");
        }
    }

    @Test
    void the_agent_is_where_openssh_s_variable_says_and_on_windows_behind_its_pipe() {
        Map<String, String> linux = Map.of("SSH_AUTH_SOCK", "/run/user/1000/agent");
        Map<String, String> pipe = Map.of("SSH_AUTH_SOCK", "\\\\.\\pipe\\mine");
        String usual = "\\\\.\\pipe\\openssh-ssh-agent";

        assertThat(SshAgent.of(linux::get, false).at()).isEqualTo("/run/user/1000/agent");
        assertThat(SshAgent.of(Map.<String, String>of()::get, false).at()).isEmpty();
        assertThat(SshAgent.of(Map.<String, String>of()::get, true).at()).isEqualTo(usual);
        assertThat(SshAgent.of(linux::get, true).at()).isEqualTo(usual);
        assertThat(SshAgent.of(pipe::get, true).at()).isEqualTo("\\\\.\\pipe\\mine");
    }

    @Test
    void a_file_below_the_home_folder_may_be_named_with_a_tilde() throws Exception {
        assertThat(Access.keyFile("~/.ssh/id_ed25519"))
                .isEqualTo(Path.of(System.getProperty("user.home"), ".ssh", "id_ed25519"));
        assertThat(Access.keyFile("/etc/key")).isEqualTo(Path.of("/etc/key"));
        assertThat(refused(() -> Access.keyFile("\0")).what()).startsWith("The key file ");
    }

    private static Access by(Path key, String passphrase, List<char[]> asked) {
        return new Access.KeyFile(
                key,
                () -> {
                    asked.add(passphrase.toCharArray());
                    return asked.getLast();
                },
                () -> "");
    }

    private Nas connect(Sshd sshd, Access access) throws Exception {
        NasTarget target = sshd.target(nas, null);
        return Nas.connect(target, access, key -> true);
    }

    private Path key(String name, String type, String format, String passphrase) throws Exception {
        Path file = Files.createDirectories(home.resolve("keys")).resolve(name);
        run(
                Map.of(),
                List.of(
                        "ssh-keygen",
                        "-q",
                        "-t",
                        type,
                        "-m",
                        format,
                        "-N",
                        passphrase,
                        "-f",
                        file.toString()));
        return file;
    }

    private static void run(Map<String, String> environment, List<String> command)
            throws Exception {
        ProcessBuilder builder = new ProcessBuilder(command).redirectErrorStream(true);
        builder.environment().putAll(environment);
        Process process = builder.start();
        process.getOutputStream().close();
        String said = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        assertThat(process.waitFor()).as(said).isZero();
    }

    /// A real ssh-agent of the test's own.
    private record Agent(Process process, Path socket) implements AutoCloseable {
        static Agent start(Path socket) throws Exception {
            assumeTrue(
                    Files.isExecutable(Path.of("/usr/bin/ssh-agent")),
                    "skipped: needs ssh-agent (Debian package openssh-client)");
            Process process =
                    new ProcessBuilder("ssh-agent", "-D", "-a", socket.toString())
                            .redirectErrorStream(true)
                            .redirectOutput(ProcessBuilder.Redirect.DISCARD)
                            .start();
            while (!answers(socket)) {
                assertThat(process.isAlive()).as("ssh-agent runs").isTrue();
                Thread.sleep(20);
            }
            return new Agent(process, socket);
        }

        private static boolean answers(Path socket) {
            try (SocketChannel s = SocketChannel.open(StandardProtocolFamily.UNIX)) {
                return s.connect(UnixDomainSocketAddress.of(socket));
            } catch (IOException e) {
                return false;
            }
        }

        void add(Path key) throws Exception {
            run(
                    Map.of("SSH_AUTH_SOCK", socket.toString()),
                    List.of("ssh-add", "-q", key.toString()));
        }

        @Override
        public void close() {
            Peer.end(process);
        }
    }
}
