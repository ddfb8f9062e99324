package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.InstallDisk;

import java.util.ArrayList;
import java.util.List;

/// Install disks in words.
final class Disks {
    private static final List<InstallDisk> USUAL =
            List.of(
                    new InstallDisk.Device("/dev/sda"),
                    new InstallDisk.Device("/dev/nvme0n1"),
                    new InstallDisk.Device("/dev/mmcblk0"),
                    new InstallDisk.Size(">= 8GB"),
                    new InstallDisk.Ask());

    private Disks() {}

    /// The usual ones, and the one in force if it is another.
    static List<InstallDisk> choices(InstallDisk current) {
        List<InstallDisk> all = new ArrayList<>(USUAL);
        if (!all.contains(current)) {
            all.add(current);
        }
        return all;
    }

    /// A few words for a list.
    static String words(InstallDisk disk) {
        return switch (disk) {
            case InstallDisk.Device d -> d.path();
            case InstallDisk.Serial s -> text("disk.serial", s.serial());
            case InstallDisk.Wwid w -> text("disk.wwid", w.wwid());
            case InstallDisk.Size s -> text("disk.size", s.size());
            case InstallDisk.Ask _ -> text("disk.ask");
        };
    }
}
