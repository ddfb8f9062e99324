package dev.ichor.fleet;

/// What goes wrong with one pretended machine.
public enum Mishap {
    /// It never sends a packet.
    MUTE,
    /// It takes no offer.
    NO_OFFER_TAKEN,
    /// Its questions to port 4011 do not arrive.
    PORT_4011_BLOCKED,
    /// It takes its address and asks another server for its loader, in vain.
    ELSEWHERE,
    /// It takes a URL for a file name.
    URL_AS_NAME,
    /// It asks for a file that nobody has.
    STRANGE_NAME,
    /// No answer by TFTP reaches it.
    TFTP_BLOCKED,
    /// Its firmware does not start what it has loaded and begins again.
    LOADER_REFUSED,
    /// Its loader hangs as soon as it runs.
    LOADER_HANGS,
    /// Its switch port opens half a minute after its loader has started.
    PORT_CLOSED,
    /// Its iPXE has an address and fetches nothing.
    NO_HTTP,
    /// Its processor is x86-64-v1.
    OLD_PROCESSOR,
    /// It has 512 MiB.
    LITTLE_MEMORY,
    /// Its initramfs breaks off half way, each time.
    DOWNLOAD_CUT,
    /// Its kernel hangs.
    KERNEL_HANGS
}
