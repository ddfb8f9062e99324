package dev.ichor.nas;

import dev.ichor.cluster.ProblemException;

import java.nio.file.InvalidPathException;
import java.nio.file.Path;
import java.util.function.Supplier;

/// How we log in. Holds no secret itself.
public sealed interface Access {
    /// Gives the one-time code, where the NAS wants one; empty when there is none.
    Supplier<String> code();

    /// By password; it is asked once a connection, used and wiped.
    ///
    /// @param ask gives the password; the array is overwritten after use
    record Password(Supplier<char[]> ask, Supplier<String> code) implements Access {
        /// Where there is no second factor.
        public Password(Supplier<char[]> ask) {
            this(ask, () -> "");
        }
    }

    /// By a private key.
    ///
    /// @param privateKey OpenSSH, PEM or PuTTY file
    /// @param passphrase asked only where the key has one; the array is overwritten after use
    record KeyFile(Path privateKey, Supplier<char[]> passphrase, Supplier<String> code)
            implements Access {
        /// A key without a passphrase.
        public KeyFile(Path privateKey) {
            this(privateKey, () -> new char[0], () -> "");
        }
    }

    /// By the keys that an SSH agent holds; they never leave it.
    record Agent(SshAgent agent, Supplier<String> code) implements Access {}

    /// The file of a key as the owner names it, also below the home folder `~`.
    ///
    /// @throws ProblemException when it is no name of a file
    static Path keyFile(String typed) throws ProblemException {
        try {
            return typed.matches("~[/\\\\].*")
                    ? Path.of(System.getProperty("user.home"), typed.substring(2))
                    : Path.of(typed);
        } catch (InvalidPathException e) {
            throw KeyWords.unreadable(typed);
        }
    }
}
