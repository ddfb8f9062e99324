package dev.ichor.fleet;

import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.UUID;
import java.util.stream.IntStream;

/// A drawer as at home: one Fujitsu Futro S920, meant as control plane, and S930s as workers; as
/// many more S930 as asked for.
final class Drawer {
    private static final Mac FIRST = Mac.of("4c:52:62:08:a3:ce");

    /// Fujitsu's prefix with the S930s' own range.
    private static final long S930 = Mac.of("4c:52:62:0b:10:00").value();

    /// Odd, so that neighbours on the shelf do not have neighbouring numbers.
    private static final int STEP = 37;

    /// What a board maker forgot to fill in.
    private static final UUID SHARED = new UUID(0x0300_0200_0400_0500L, 0x0006_0007_0008_0009L);

    private Drawer() {}

    static List<Hardware> of(Script script, Block block) {
        return IntStream.range(0, script.machines())
                .mapToObj(i -> hardware(i, block))
                .map(h -> odd(h, script.mishaps().get(h.mac())))
                .toList();
    }

    private static Hardware odd(Hardware h, @Nullable Mishap mishap) {
        return switch (mishap) {
            case UEFI_32 -> h.with(Firmware.UEFI_X86, h.uuid());
            case SHARED_UUID -> h.with(h.firmware(), SHARED);
            case null, default -> h;
        };
    }

    private static Hardware hardware(int i, Block block) {
        Mac mac = i == 0 ? FIRST : new Mac(S930 + (long) i * STEP);
        return new Hardware(
                mac,
                i == 0 ? "FUTRO S920" : "FUTRO S930",
                // The S920 and every third S930 still boot the old way.
                i % 3 == 0 ? Firmware.BIOS : Firmware.UEFI_X64,
                new UUID(0x4c52_6208_1122_4000L, 0x8000_0000_0000_0000L | mac.value()),
                "YLNX%06d".formatted(i + 1),
                block.machine(i));
    }
}
