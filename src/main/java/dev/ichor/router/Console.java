package dev.ichor.router;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.function.Predicate;

/// A UniFi console and how to reach it. Holds no secret.
///
/// @param host name or address
/// @param port 443; 8443 for an old controller, 11443 for UniFi OS Server
/// @param site usually `default`
/// @param pin SHA-256 of its certificate, or null before the first connection
public record Console(String host, int port, String site, @Nullable String pin) {
    /// Who asks.
    public sealed interface Login {
        /// A key made in the console: Settings, Control Plane, Integrations.
        record Key(String key) implements Login {
            /// The key stays out of every log.
            @Override
            public String toString() {
                return "an API key";
            }
        }

        /// A local administrator; a cloud account has a second factor and cannot be used.
        record Password(String user, String password) implements Login {
            /// The password stays out of every log.
            @Override
            public String toString() {
                return user;
            }
        }
    }

    /// What a connection needs from outside.
    ///
    /// @param accept whether this is the console's certificate, asked when none is pinned
    /// @param pause waits before asking again
    public record Around(Predicate<String> accept, Pause pause) {}

    /// Waits.
    @FunctionalInterface
    public interface Pause {
        /// That long.
        void of(Duration time) throws InterruptedException;
    }
}
