package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.diagnosis.Cause;
import dev.ichor.diagnosis.Finding;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;

class FreshFindingsTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 IP = Ip4.of("192.168.1.51");
    private static final Instant T = Instant.parse("2026-11-22T20:00:00Z");

    @Test
    void a_finding_is_told_once_and_anew_when_it_comes_back() {
        FreshFindings fresh = new FreshFindings(List.of(MAC), Map.of());
        BootEvent held = new BootEvent.Held(T, MAC, IP, "Two computers show this MAC.");
        BootEvent asked = new BootEvent.ConfigAsked(T.plusSeconds(1), MAC, IP);
        BootEvent approved = new BootEvent.Approved(T.plusSeconds(2), MAC);
        BootEvent again = new BootEvent.Held(T.plusSeconds(3), MAC, IP, "And once more.");

        assertThat(fresh.after(held)).extracting(Finding::cause).containsExactly(Cause.HELD);
        assertThat(fresh.after(asked)).isEmpty();
        assertThat(fresh.after(approved)).isEmpty();
        assertThat(fresh.after(again)).extracting(Finding::cause).containsExactly(Cause.HELD);
    }

    @Test
    void silence_is_told_when_its_time_is_over_without_another_event() {
        FreshFindings fresh = new FreshFindings(List.of(MAC), Map.of());
        fresh.after(new BootEvent.ServiceUp(T, "http", "192.168.1.20:8080"));

        assertThat(fresh.at(T.plusSeconds(179))).isEmpty();
        assertThat(fresh.at(T.plusSeconds(180)))
                .extracting(Finding::cause)
                .containsExactly(Cause.SILENT);
        assertThat(fresh.at(T.plusSeconds(181))).isEmpty();
    }
}
