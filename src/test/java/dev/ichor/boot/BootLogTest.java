package dev.ichor.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class BootLogTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00.5Z");
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");

    @Test
    void an_event_is_one_line_of_json() {
        BootEvent e = new BootEvent.Heard(T, MAC, true, false, Firmware.BIOS, "", 7);
        assertThat(BootLog.line(e))
                .isEqualTo(
                        """
                        {"event":"heard","at":"2026-01-01T00:00:00.500Z","mac":"4c:52:62:08:a3:ce","pxe":true,\
                        "ipxe":false,"firmware":"BIOS","uuid":"","xid":7}\
                        """);
        assertThat(BootLog.parse(BootLog.line(e))).contains(e);
    }

    @Test
    void a_saved_log_replays_equal(@TempDir Path dir) throws Exception {
        Path file = dir.resolve("boot.jsonl");
        try (BootLog log = new BootLog(file)) {
            log.append(new BootEvent.Leased(T, MAC, Ip4.of("10.0.0.9")));
            log.append(
                    new BootEvent.TransferFailed(
                            T, null, Ip4.of("10.0.0.9"), "TFTP", Payload.OTHER, "x", "not there"));
            Files.writeString(file, "not json\n", java.nio.file.StandardOpenOption.APPEND);
            log.append(new BootEvent.Stray(T, "10.0.0.8", "short packet"));
            assertThat(BootLog.replay(file)).isEqualTo(log.events());
        }
    }

    @Test
    void who_listens_later_is_told_what_was_before_until_it_stops() {
        BootLog log = new BootLog();
        BootEvent first = new BootEvent.Leased(T, MAC, Ip4.of("10.0.0.9"));
        BootEvent second = new BootEvent.Approved(T, MAC);
        List<BootEvent> heard = new ArrayList<>();
        log.append(first);
        Runnable stop = log.listen(heard::add);
        log.append(second);
        stop.run();
        log.append(new BootEvent.Bootstrapped(T, MAC));
        assertThat(heard).containsExactly(first, second);
    }

    @Test
    void the_progress_of_a_transfer_is_told_and_not_kept() {
        BootLog log = new BootLog();
        List<BootEvent> heard = new ArrayList<>();
        log.listen(heard::add);
        log.append(
                new BootEvent.TransferProgress(
                        T, MAC, Ip4.of("10.0.0.9"), Payload.KERNEL, "k", 1, 2));
        assertThat(heard).hasSize(1);
        assertThat(log.events()).isEmpty();
    }

    @Test
    void a_log_that_cannot_be_written_any_more_stops_nothing(@TempDir Path dir) throws Exception {
        BootLog log = new BootLog(dir.resolve("boot.jsonl"));
        log.close();
        log.append(new BootEvent.Approved(T, MAC));
        assertThat(log.events()).hasSize(1);
        assertThat(dir.resolve("boot.jsonl")).isEmptyFile();
    }
}
