package dev.ichor.discovery;

import dev.ichor.cluster.Adapter;

import java.io.IOException;
import java.util.List;

/// This PC's network adapters, the one that most likely leads to the home network first.
public final class Adapters {
    private Adapters() {}

    /// All that are up and have an IPv4 address, best first; loopback is left out.
    ///
    /// @throws IOException when the system does not tell
    public static List<Adapter> list() throws IOException {
        throw new UnsupportedOperationException();
    }
}
