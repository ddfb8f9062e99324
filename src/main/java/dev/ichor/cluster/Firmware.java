package dev.ichor.cluster;

/// What starts a machine, as its DHCP option 93 tells (RFC 4578 section 2.1, IANA processor
/// architectures).
public enum Firmware {
    /// PC BIOS, architecture 0 or none given.
    BIOS("BIOS"),
    /// 32-bit x86 UEFI, architecture 6 or 15.
    UEFI_X86("UEFI 32 bit"),
    /// x64 UEFI, architecture 7, 8, 9 or 16.
    UEFI_X64("UEFI"),
    /// 32-bit ARM UEFI, architecture 10 or 18.
    UEFI_ARM32("UEFI ARM 32 bit"),
    /// 64-bit ARM UEFI, architecture 11 or 19.
    UEFI_ARM64("UEFI ARM"),
    /// Nothing was heard from it yet.
    UNKNOWN("");

    private final String label;

    Firmware(String label) {
        this.label = label;
    }

    /// Short words for a table cell; empty when not known.
    public String label() {
        return label;
    }
}
