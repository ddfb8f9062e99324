package dev.ichor.cluster;

import java.util.Comparator;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// A Talos release such as `v1.13.9`, or a release line such as `v1.13` (patch −1).
///
/// @param major first number
/// @param minor second number
/// @param patch third number, −1 when only the line is named
/// @param suffix pre-release part with its hyphen, or empty
public record TalosVersion(int major, int minor, int patch, String suffix)
        implements Comparable<TalosVersion> {
    private static final Pattern FORM =
            Pattern.compile("v?(\\d{1,4})\\.(\\d{1,4})(?:\\.(\\d{1,4}))?(-[0-9A-Za-z.-]+)?");

    /// The oldest line whose configs this program writes.
    public static final TalosVersion OLDEST = new TalosVersion(1, 9, -1, "");

    /// The newest line whose configs this program writes; newer Talos reads it too.
    public static final TalosVersion NEWEST = new TalosVersion(1, 13, -1, "");

    /// Reads `v1.13.9`, `1.13.9`, `v1.13` or `v1.14.0-alpha.2`.
    public static Optional<TalosVersion> parse(String text) {
        Matcher m = FORM.matcher(text.strip());
        if (!m.matches()) {
            return Optional.empty();
        }
        int patch = m.group(3) == null ? -1 : Integer.parseInt(m.group(3));
        String suffix = m.group(4) == null ? "" : m.group(4);
        return Optional.of(
                new TalosVersion(
                        Integer.parseInt(m.group(1)), Integer.parseInt(m.group(2)), patch, suffix));
    }

    /// As [#parse], for texts that are known to be good.
    ///
    /// @throws IllegalArgumentException when they are not
    public static TalosVersion of(String text) {
        return parse(text)
                .orElseThrow(() -> new IllegalArgumentException("not a Talos version: " + text));
    }

    /// Whether this release belongs to the line major.minor or a later one.
    public boolean atLeast(int otherMajor, int otherMinor) {
        return major > otherMajor || (major == otherMajor && minor >= otherMinor);
    }

    @Override
    public int compareTo(TalosVersion o) {
        return Comparator.comparingInt(TalosVersion::major)
                .thenComparingInt(TalosVersion::minor)
                .thenComparingInt(TalosVersion::patch)
                .thenComparing(TalosVersion::suffix)
                .compare(this, o);
    }

    /// `v1.13.9`, or `v1.13` when only the line is named.
    @Override
    public String toString() {
        return "v" + major + "." + minor + (patch < 0 ? "" : "." + patch) + suffix;
    }
}
