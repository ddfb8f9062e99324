package dev.ichor;

import java.util.Locale;

/// Whether a window can be shown here.
final class Display {
    private Display() {}

    /// On Linux a display server must be named; elsewhere there is always one. The headless test
    /// platform counts.
    static boolean present() {
        String os = System.getProperty("os.name", "").toLowerCase(Locale.ROOT);
        return !os.contains("linux")
                || set("DISPLAY")
                || set("WAYLAND_DISPLAY")
                || "Headless".equals(System.getProperty("glass.platform"));
    }

    private static boolean set(String variable) {
        String value = System.getenv(variable);
        return value != null && !value.isBlank();
    }
}
