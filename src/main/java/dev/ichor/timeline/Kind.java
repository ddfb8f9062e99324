package dev.ichor.timeline;

import dev.ichor.boot.Stage;

/// What a machine is busy with, or waits for.
public enum Kind {
    /// DHCP, and being told what to boot.
    FIRMWARE("Firmware and DHCP"),
    /// iPXE and its script.
    LOADER("Boot loader"),
    /// Kernel and initramfs come over the network.
    DOWNLOAD("Downloads Talos"),
    /// Talos starts, and asks for its config.
    STARTING("Talos starts"),
    /// Nothing goes on before the owner has approved it or chosen a disk.
    OWNER("Waits for you"),
    /// It has its config, and installs.
    INSTALL("Installs"),
    /// It starts again from its disk.
    RESTART("Starts again"),
    /// Its Talos API answers; etcd and Kubernetes come up.
    JOINING("Joins Kubernetes"),
    /// Kubernetes calls it Ready.
    READY("Ready");

    private final String words;

    Kind(String words) {
        this.words = words;
    }

    /// In English.
    public String words() {
        return words;
    }

    static Kind of(Stage stage, boolean fetched) {
        return switch (stage) {
            case WAITING, DISCOVERED, OFFERED -> FIRMWARE;
            case LOADER, SCRIPT -> LOADER;
            case KERNEL, INITRAMFS -> fetched ? STARTING : DOWNLOAD;
            case CONFIG_ASKED -> STARTING;
            case APPROVED, CONFIG, INSTALLING -> INSTALL;
            case REBOOTING -> RESTART;
            case TALOS_API, ETCD -> JOINING;
            case READY -> READY;
        };
    }
}
