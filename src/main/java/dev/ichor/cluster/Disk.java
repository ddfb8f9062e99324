package dev.ichor.cluster;

import java.util.List;
import java.util.Locale;
import java.util.StringJoiner;

/// One disk of a machine, as the machine itself tells.
///
/// @param path such as `/dev/sda`; may differ at the next start
/// @param model maker's name of it, or empty
/// @param serial its serial number, or empty
/// @param bytes its size
/// @param kind such as `sata SSD`, or empty
/// @param holds file systems and partitions found on it: what an installation erases
public record Disk(
        String path, String model, String serial, long bytes, String kind, List<String> holds) {
    private static final double GIGA = 1e9;

    /// Copies the list.
    public Disk {
        holds = List.copyOf(holds);
    }

    /// The wish that names this disk and no other: by its serial number where it has one, for that
    /// is the same at each start.
    public InstallDisk wish() {
        return serial.isEmpty() ? new InstallDisk.Device(path) : new InstallDisk.Serial(serial);
    }

    /// Whether the owner means this one.
    ///
    /// @param name a path or a serial number
    public boolean isCalled(String name) {
        return name.equals(path) || (!serial.isEmpty() && name.equals(serial));
    }

    /// `/dev/sda, FAKE SSD 16G, sata SSD, 17.2 GB, serial FAKE0001; holds ntfs "Windows"`.
    @Override
    public String toString() {
        StringJoiner words = new StringJoiner(", ").add(path);
        if (!model.isEmpty()) {
            words.add(model);
        }
        if (!kind.isEmpty()) {
            words.add(kind);
        }
        words.add(String.format(Locale.ROOT, "%.1f GB", bytes / GIGA));
        if (!serial.isEmpty()) {
            words.add("serial " + serial);
        }
        return words + (holds.isEmpty() ? "; empty" : "; holds " + String.join(", ", holds));
    }
}
