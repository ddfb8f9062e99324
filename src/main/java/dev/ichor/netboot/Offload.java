package dev.ichor.netboot;

import java.nio.channels.DatagramChannel;

/// Hands several datagrams to the system in one call: the only way to fill a fast wire from one
/// thread.
@FunctionalInterface
interface Offload {
    /// Where the system has no such thing.
    Offload NONE = (channel, bytes) -> false;

    /// What is sent from now on is cut into datagrams of so many bytes, the last may be shorter.
    ///
    /// @param bytes 0 switches it off
    /// @return whether the system does it
    boolean segment(DatagramChannel channel, int bytes);

    /// What this system offers. Windows has it too (`UDP_SEND_MSG_SIZE`); there packets go one by
    /// one, which fills a gigabit.
    static Offload here() {
        return System.getProperty("os.name").equals("Linux") ? new UdpSegment() : NONE;
    }
}
