package dev.ichor.netboot;

import dev.ichor.boot.BootLog;

import java.time.InstantSource;
import java.util.Optional;

/// The gate of a folder whose owner approves all.
final class OpenGate {
    private OpenGate() {}

    static Gate of(BootLog log) {
        return new Gate(
                Rules.folder(Approval.ALL),
                ip -> Optional.empty(),
                ConfigSource.NONE,
                log,
                InstantSource.system());
    }
}
