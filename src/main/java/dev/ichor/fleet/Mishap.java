package dev.ichor.fleet;

/// What goes wrong with one pretended machine, and what its Talos says of it in the kernel log.
public enum Mishap {
    /// It never sends a packet.
    MUTE,
    /// Its UEFI is one of 32 bit.
    UEFI_32,
    /// It shows the same SMBIOS UUID as every other one of this kind.
    SHARED_UUID,
    /// It takes no offer.
    NO_OFFER_TAKEN,
    /// Its questions to port 4011 do not arrive.
    PORT_4011_BLOCKED,
    /// It takes its address and asks another server for its loader, in vain.
    ELSEWHERE,
    /// The router names a UEFI loader, to it and to strangers, and it obeys, though it is BIOS.
    ROUTER_FILE,
    /// Another server hands iPXE to its iPXE.
    LOOPS_ELSEWHERE,
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
    /// Talos itself finds out that its processor is too old.
    OLD_PROCESSOR_TOLD("x86-64 microarchitecture level 2 or higher is required, halting"),
    /// It has 512 MiB.
    LITTLE_MEMORY,
    /// It asks for the kernel of a release that is not served any more.
    OLD_RELEASE,
    /// Its initramfs breaks off half way, each time.
    DOWNLOAD_CUT,
    /// Its kernel hangs.
    KERNEL_HANGS,
    /// Talos runs and waits on a network card without a cable.
    OTHER_CARD("waiting for network"),
    /// Its disk holds an installation, and its kernel is told to stop then.
    HALTED("Talos is already installed to disk, and talos.halt_if_installed is set"),
    /// A node of another cluster runs at its address.
    OTHER_CLUSTER,
    /// It shows the token of its boot script twice.
    CONFIG_TWICE,
    /// Talos does not accept its config.
    CONFIG_REFUSED("failed to load config: static hostname is already set in v1alpha1 config"),
    /// No time server answers it.
    NO_TIME("time query error with server 162.159.200.1: i/o timeout"),
    /// It cannot fetch the installer.
    NO_REGISTRY("failed to pull image: lookup ghcr.io on 192.168.1.1:53: no such host"),
    /// Its installation fails.
    INSTALL_FAILS,
    /// It is dead once it has its config.
    DIES_WITH_CONFIG,
    /// Its firmware does not start its disk.
    DISK_DEAD,
    /// Its etcd cannot be bootstrapped.
    NO_BOOTSTRAP;

    private final String line;

    Mishap() {
        this("");
    }

    Mishap(String line) {
        this.line = line;
    }

    /// What Talos says before it stops, or empty.
    String line() {
        return line;
    }
}
