package dev.ichor.netboot;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// Which boot loader a machine is handed, by DHCP and TFTP alike. Safe for many threads.
public interface LoaderChoice {
    /// All that can be handed out.
    Loaders loaders();

    /// The one for a machine.
    ///
    /// @param mac the machine, or null when it is not known
    Optional<Loaders.Loader> of(@Nullable Mac mac, Firmware firmware);

    /// Always the preferred one.
    static LoaderChoice first(Loaders all) {
        return new LoaderChoice() {
            @Override
            public Loaders loaders() {
                return all;
            }

            @Override
            public Optional<Loaders.Loader> of(@Nullable Mac mac, Firmware firmware) {
                return all.of(firmware);
            }
        };
    }
}
