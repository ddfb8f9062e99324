package dev.ichor.netboot;

import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Function;
import java.util.function.Supplier;

/// What a gate goes by.
///
/// @param policy who decides
/// @param checks how much is looked at
/// @param lives how the machines of the plan start once installed; empty for all others
/// @param store where the gate and the machines are remembered
/// @param tokens makes a token nobody can guess
public record Rules(
        Approval policy,
        Checks checks,
        Function<Mac, Optional<Life>> lives,
        Store store,
        Supplier<String> tokens) {

    /// For a Matchbox folder: nothing is remembered when the program ends.
    public static Rules folder(Approval policy) {
        return new Rules(
                policy,
                Checks.APPROVAL,
                mac -> Optional.of(Life.ALWAYS_NETBOOT),
                Store.forgetful(),
                () -> "");
    }

    /// Keeps small texts by name from one start of the program to the next.
    public interface Store {
        /// The text, or empty when there is none.
        ///
        /// @throws IOException when it is there and cannot be read
        Optional<String> read(String name) throws IOException;

        /// Replaces the text as a whole.
        ///
        /// @param durable whether it has to be on the disk on return, also for a power cut
        void write(String name, String text, boolean durable) throws IOException;

        /// Takes a text that makes no sense out of the way, and keeps it.
        ///
        /// @return where it is now
        String putAside(String name) throws IOException;

        /// Remembers nothing: what the gate has in memory is enough.
        static Store forgetful() {
            return new Forgetful();
        }
    }

    private static final class Forgetful implements Store {
        @Override
        public Optional<String> read(String name) {
            return Optional.empty();
        }

        @Override
        public void write(String name, String text, boolean durable) {
            // Nothing is read back.
        }

        @Override
        public String putAside(String name) {
            return name;
        }
    }
}
