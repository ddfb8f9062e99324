package dev.ichor.discovery;

import dev.ichor.cluster.Mac;

/// Who made a network card, by the first 24 bits of its MAC.
public final class Vendors {
    private Vendors() {}

    /// The maker's short name, or empty when it is not one of ours.
    public static String of(Mac mac) {
        throw new UnsupportedOperationException("" + mac);
    }
}
