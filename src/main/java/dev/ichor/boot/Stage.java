package dev.ichor.boot;

import java.time.Duration;

/// How far a machine is, in order. A stage may be skipped, never invented.
public enum Stage {
    /// In the plan, nothing heard yet.
    WAITING(Duration.ZERO),
    /// Its DHCP packet was heard.
    DISCOVERED(Duration.ofSeconds(40)),
    /// It was told what to boot.
    OFFERED(Duration.ofSeconds(40)),
    /// It fetches or has the boot loader (iPXE).
    LOADER(Duration.ofMinutes(1)),
    /// It has its iPXE script.
    SCRIPT(Duration.ofMinutes(1)),
    /// It fetches or has the kernel.
    KERNEL(Duration.ofMinutes(1)),
    /// It fetches or has the initramfs.
    INITRAMFS(Duration.ofMinutes(3)),
    /// It has asked for its machine config.
    CONFIG_ASKED(Duration.ofMinutes(3)),
    /// The owner has approved it.
    APPROVED(Duration.ofMinutes(3)),
    /// It has its machine config.
    CONFIG(Duration.ofMinutes(3)),
    /// Talos writes itself to the disk.
    INSTALLING(Duration.ofMinutes(10)),
    /// It starts again after the installation.
    REBOOTING(Duration.ofMinutes(5)),
    /// Its Talos API answers.
    TALOS_API(Duration.ofMinutes(10)),
    /// etcd runs (control planes only).
    ETCD(Duration.ofMinutes(10)),
    /// Kubernetes calls it Ready.
    READY(Duration.ZERO);

    private final Duration patience;

    Stage(Duration patience) {
        this.patience = patience;
    }

    /// How long silence in this stage is normal (measured with OVMF 2022.11 and iPXE 2.0.0, with
    /// room for slow disks and lines); zero means for ever.
    public Duration patience() {
        return patience;
    }
}
