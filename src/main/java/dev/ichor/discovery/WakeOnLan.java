package dev.ichor.discovery;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Mac;

import java.io.IOException;

/// Switches a machine on by AMD's magic packet.
public final class WakeOnLan {
    private WakeOnLan() {}

    /// Sends the magic packet three times out of `adapter`.
    ///
    /// @throws IOException when nothing can be sent there
    public static void wake(Mac mac, Adapter adapter) throws IOException {
        throw new UnsupportedOperationException("" + mac + adapter);
    }
}
