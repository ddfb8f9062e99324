package dev.ichor;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.Locale;

/// Where things live on this system: `%APPDATA%` and `%LOCALAPPDATA%` on Windows, the XDG folders
/// on Linux.
final class Folders {
    private Folders() {}

    /// Where new clusters are proposed.
    static Path clusters() {
        return windows()
                ? under("APPDATA", "AppData/Roaming").resolve("Ichor/clusters")
                : under("XDG_DATA_HOME", ".local/share").resolve("ichor/clusters");
    }

    /// How the window was left.
    static Path settings() {
        return windows()
                ? under("APPDATA", "AppData/Roaming").resolve("Ichor")
                : under("XDG_CONFIG_HOME", ".config").resolve("ichor");
    }

    /// Downloads; may be deleted at any time.
    static Path cache() {
        return windows()
                ? under("LOCALAPPDATA", "AppData/Local").resolve("Ichor/cache")
                : under("XDG_CACHE_HOME", ".cache").resolve("ichor");
    }

    /// Our own log.
    static Path logs() {
        return windows()
                ? under("LOCALAPPDATA", "AppData/Local").resolve("Ichor/logs")
                : under("XDG_STATE_HOME", ".local/state").resolve("ichor/logs");
    }

    private static boolean windows() {
        return System.getProperty("os.name", "").toLowerCase(Locale.ROOT).startsWith("windows");
    }

    private static Path under(String variable, String inHome) {
        @Nullable String value = System.getenv(variable);
        return value == null || value.isBlank()
                ? Path.of(System.getProperty("user.home", "."), inHome)
                : Path.of(value);
    }
}
