package dev.ichor.cli;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.Owner;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;

import java.io.Console;
import java.nio.file.Path;
import java.util.Optional;
import java.util.function.Function;

/// The cluster folder a command works on, and answers to what a step may ask.
final class ClusterArg {
    @Parameters(
            index = "0",
            paramLabel = "CLUSTER_DIR",
            description = "The cluster's folder, as the wizard made it.")
    Path dir = Path.of(".");

    /// A terminal's owner: asks on the console, and takes the password from the environment where
    /// there is none.
    static final class Terminal implements Owner {
        @Option(
                names = "--accept-host-key",
                paramLabel = "SHA256:…",
                description = "The NAS's key, when there is no terminal to ask on.")
        private @Nullable String expected;

        @Option(
                names = "--identity",
                paramLabel = "FILE|agent",
                description =
                        "Logs in to the NAS by this private key, or by those of the SSH agent. A"
                                + " passphrase is asked for, or taken from"
                                + " ICHOR_KEY_PASSPHRASE.")
        private @Nullable String identity;

        private final Function<String, @Nullable String> environment;

        /// In this process's environment.
        Terminal() {
            this(System::getenv);
        }

        Terminal(Function<String, @Nullable String> environment) {
            this.environment = environment;
        }

        @Override
        public char[] passphrase(Path locked) {
            return asked("Passphrase of " + locked + ": ");
        }

        /// A new passphrase, typed twice where there is a terminal.
        char[] newPassphrase() throws ProblemException {
            char[] first = asked("New passphrase: ");
            if (System.getenv("ICHOR_PASSPHRASE") == null
                    && !java.util.Arrays.equals(first, asked("Once more: "))) {
                throw new ProblemException("The two differ.", "", "Try again.");
            }
            return first;
        }

        private static char[] asked(String question) {
            Console console = Terminals.console();
            String given = System.getenv("ICHOR_PASSPHRASE");
            if (given != null) {
                return given.toCharArray();
            }
            char[] typed = console == null ? null : console.readPassword("%s", question);
            return typed == null ? new char[0] : typed;
        }

        @Override
        public char[] password(NasTarget target) {
            Console console = Terminals.console();
            String given = environment.apply("ICHOR_NAS_PASSWORD");
            if (given != null) {
                return given.toCharArray();
            }
            return console == null
                    ? new char[0]
                    : console.readPassword("Password of %s on %s: ", target.user(), target.host());
        }

        @Override
        public Optional<String> key(NasTarget target) {
            return Optional.ofNullable(identity);
        }

        @Override
        public char[] keyPassphrase(Path privateKey) {
            Console console = Terminals.console();
            String given = environment.apply("ICHOR_KEY_PASSPHRASE");
            if (given != null || console == null) {
                return given == null ? new char[0] : given.toCharArray();
            }
            return console.readPassword("Passphrase of %s: ", privateKey);
        }

        @Override
        public String oneTimeCode(NasTarget target) {
            Console console = Terminals.console();
            String given = environment.apply("ICHOR_NAS_CODE");
            if (given != null || console == null) {
                return given == null ? "" : given;
            }
            return console.readLine("One-time code of %s on %s: ", target.user(), target.host())
                    .strip();
        }

        @Override
        public boolean accept(NasTarget target, String hostKey) {
            Console console = Terminals.console();
            if (expected != null || console == null) {
                return hostKey.equals(expected);
            }
            String answer =
                    console.readLine(
                            "%s shows the key %s. Is that right? [y/N] ", target.host(), hostKey);
            return "y".equalsIgnoreCase(answer);
        }
    }
}
