package dev.ichor.ui;

import java.time.Duration;
import java.util.Locale;

/// Numbers with their units, and sentences, as short as they can be read.
final class Figures {
    private static final String[] UNITS = {"B", "kB", "MB", "GB", "TB"};
    private static final int STEP = 1000;

    private Figures() {}

    /// `812 B`, `19.5 MB`: decimal units, one digit behind the point below a hundred.
    static String bytes(double bytes) {
        int unit = 0;
        double n = bytes;
        while (n >= STEP && unit < UNITS.length - 1) {
            n /= STEP;
            unit++;
        }
        String form = unit == 0 || n >= 100 ? "%.0f %s" : "%.1f %s";
        return String.format(Words.locale(), form, n, UNITS[unit]);
    }

    /// `4.1 MB/s`.
    static String rate(double bytesPerSecond) {
        return bytes(bytesPerSecond) + "/s";
    }

    /// `0:41`, `12:05`, `1:02:00`.
    static String clock(Duration d) {
        long s = Math.max(0, d.toSeconds());
        return s < 3600
                ? String.format(Locale.ROOT, "%d:%02d", s / 60, s % 60)
                : String.format(Locale.ROOT, "%d:%02d:%02d", s / 3600, s / 60 % 60, s % 60);
    }

    /// `44 %`.
    static String percent(double fraction) {
        return Math.round(fraction * 100) + " %";
    }

    /// The first parts of a sentence that has several and more letters than there is room for.
    static String shortened(String sentence, int room) {
        if (sentence.length() <= room) {
            return sentence;
        }
        int end = Math.max(sentence.lastIndexOf(", ", room), sentence.lastIndexOf(". ", room));
        return end < 0 ? sentence : sentence.substring(0, end);
    }
}
