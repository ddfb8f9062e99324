package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Mac;

import java.time.Duration;
import java.time.Instant;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Tells what a machine is made of, once a boot: iPXE tells it at every question.
final class Inspections {
    /// A machine that asked within this time is still in the same boot. While it waits for the
    /// owner it asks every two seconds.
    private static final Duration SAME_BOOT = Duration.ofSeconds(20);

    private final Reporter reporter;
    private final SequencedMap<Mac, Told> told = new LinkedHashMap<>();

    private record Told(Hardware hardware, Instant asked) {}

    Inspections(Reporter reporter) {
        this.reporter = reporter;
    }

    synchronized void tell(Mac mac, Hardware hardware) {
        if (hardware.equals(Hardware.UNKNOWN)) {
            return;
        }
        Instant now = reporter.now();
        Told last = told.putLast(mac, new Told(hardware, now));
        if (told.size() > Memory.MOST) {
            told.pollFirstEntry();
        }
        boolean same =
                last != null
                        && last.hardware().equals(hardware)
                        && now.isBefore(last.asked().plus(SAME_BOOT));
        if (!same) {
            reporter.tell(at -> new BootEvent.Inspected(at, mac, hardware));
        }
    }
}
