package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.diagnosis.Patience;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.List;

class SlowMachinesTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 IP = Ip4.of("192.168.1.51");
    private static final Instant T = Instant.parse("2026-11-22T20:00:00Z");

    @TempDir private Path dir;

    private static BootEvent got(int seconds, Payload kind) {
        return new BootEvent.TransferDone(
                T.plusSeconds(seconds), MAC, IP, "HTTP", kind, "file", 1000, 10);
    }

    @Test
    void a_slow_boot_that_ends_well_is_remembered_in_the_clusters_folder() throws Exception {
        ClusterFolder folder = ClusterFolder.open(dir);
        try (BootLog log = new BootLog();
                SlowMachines learning = SlowMachines.learn(folder, log)) {
            log.append(got(0, Payload.KERNEL));
            log.append(got(10, Payload.INITRAMFS));
            log.append(new BootEvent.ConfigAsked(T.plusSeconds(210), MAC, IP));
            log.append(new BootEvent.ApiAnswered(T.plusSeconds(300), MAC, "v1.13.9"));
            learning.close(); // waits until all was heard
        }

        assertThat(folder.patience())
                .isEqualTo(Patience.read(List.of("4c:52:62:08:a3:ce TALOS=200")));
        assertThat(Files.readString(dir.resolve("logs/slow.txt")))
                .isEqualTo("4c:52:62:08:a3:ce TALOS=200\n");
    }

    @Test
    void a_folder_where_nothing_was_learnt_has_nothing() throws Exception {
        assertThat(ClusterFolder.open(dir).patience()).isEmpty();
    }
}
