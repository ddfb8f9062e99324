package dev.ichor.cluster;

/// A processor family that Talos is built for.
public enum Arch {
    /// x86-64.
    AMD64("amd64"),
    /// 64-bit ARM.
    ARM64("arm64");

    private final String name;

    Arch(String name) {
        this.name = name;
    }

    /// What a machine with this firmware runs.
    public static Arch of(Firmware firmware) {
        return firmware == Firmware.UEFI_ARM64 ? ARM64 : AMD64;
    }

    /// As Talos' file names have it: `amd64`.
    @Override
    public String toString() {
        return name;
    }
}
