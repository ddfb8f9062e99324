package dev.ichor.nas;

import java.nio.file.Path;
import java.util.function.Supplier;

/// How we log in. Holds no secret itself.
public sealed interface Access {
    /// By password; it is asked once a connection, used and wiped.
    ///
    /// @param ask gives the password; the array is overwritten after use
    /// @param code gives the one-time code, where the NAS wants one
    record Password(Supplier<char[]> ask, Supplier<String> code) implements Access {
        /// Where there is no second factor.
        public Password(Supplier<char[]> ask) {
            this(ask, () -> "");
        }
    }

    /// By a private key without a passphrase.
    ///
    /// @param privateKey OpenSSH or PEM file
    record KeyFile(Path privateKey) implements Access {}
}
