package dev.ichor.cluster;

/// What a machine told of itself from the iPXE stage: its SMBIOS texts, its memory, its processor.
///
/// @param uuid SMBIOS UUID in text form, or empty; some makers give every machine the same
/// @param model maker and product (`FUJITSU FUTRO S920`), or empty
/// @param serial serial number, or empty
/// @param cpu level of the x86-64 instruction set
/// @param memoryMiB memory that is usable by a system, in MiB; 0 when not known
public record Hardware(String uuid, String model, String serial, Cpu cpu, int memoryMiB) {
    /// Nothing was told yet.
    public static final Hardware UNKNOWN = new Hardware("", "", "", Cpu.UNKNOWN, 0);

    /// Levels of the x86-64 psABI that matter: Talos needs the second since 1.2.
    public enum Cpu {
        /// Not told.
        UNKNOWN,
        /// The first 64-bit processors; Talos does not start.
        V1,
        /// With SSE4.2, POPCNT and CMPXCHG16B.
        V2
    }

    /// What both know together; `newer` wins where both know something.
    public Hardware merge(Hardware newer) {
        return new Hardware(
                newer.uuid.isEmpty() ? uuid : newer.uuid,
                newer.model.isEmpty() ? model : newer.model,
                newer.serial.isEmpty() ? serial : newer.serial,
                newer.cpu == Cpu.UNKNOWN ? cpu : newer.cpu,
                newer.memoryMiB == 0 ? memoryMiB : newer.memoryMiB);
    }
}
