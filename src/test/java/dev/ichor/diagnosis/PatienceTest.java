package dev.ichor.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// A machine that is slow and boots well is given more time the next time.
class PatienceTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac OTHER = Mac.of("4c:52:62:0e:11:02");
    private static final Ip4 IP = Ip4.of("192.168.1.51");
    private static final Instant T = Instant.parse("2026-11-22T20:00:00Z");

    private static Instant at(int seconds) {
        return T.plusSeconds(seconds);
    }

    private static BootEvent done(int s, Payload kind) {
        String protocol = kind == Payload.LOADER ? "TFTP" : "HTTP";
        return new BootEvent.TransferDone(at(s), MAC, IP, protocol, kind, "file", 1000, 10);
    }

    /// Its iPXE needs 40 s to speak, its kernel 200 s.
    private static List<BootEvent> slow(int s) {
        return List.of(
                new BootEvent.Heard(at(s), MAC, true, false, Firmware.UEFI_X64, "", s),
                new BootEvent.Offered(at(s), MAC, "snponly.efi"),
                new BootEvent.Leased(at(s + 4), MAC, IP),
                done(s + 5, Payload.LOADER),
                new BootEvent.Heard(at(s + 45), MAC, true, true, Firmware.UEFI_X64, "", s + 1),
                done(s + 50, Payload.SCRIPT),
                done(s + 60, Payload.KERNEL),
                done(s + 70, Payload.INITRAMFS),
                new BootEvent.ConfigAsked(at(s + 270), MAC, IP),
                new BootEvent.ConfigServed(at(s + 271), MAC, IP),
                new BootEvent.ApiAnswered(at(s + 300), MAC, "v1.13.9"));
    }

    private static List<Cause> causes(Doctor doctor, List<BootEvent> all, int now) {
        doctor.hear(all.stream().filter(e -> !e.at().isAfter(at(now))).toList());
        return doctor.findings(List.of(MAC), at(now)).stream().map(Finding::cause).toList();
    }

    @Test
    void the_longest_silences_of_a_good_boot_are_learnt_where_they_were_longer_than_usual() {
        Patience learnt = Patience.USUAL.after(slow(0));

        assertThat(learnt.longest())
                .isEqualTo(
                        Map.of(
                                Silence.START, Duration.ofSeconds(40),
                                Silence.TALOS, Duration.ofSeconds(200)));
        assertThat(learnt.limit(Silence.START, Silence.START.usual()))
                .isEqualTo(Duration.ofMinutes(1));
        assertThat(learnt.limit(Silence.HTTP, Silence.HTTP.usual()))
                .isEqualTo(Silence.HTTP.usual());
        assertThat(learnt.after(slow(0))).isEqualTo(learnt);
    }

    @Test
    void a_boot_that_did_not_end_well_teaches_nothing() {
        List<BootEvent> dead = slow(0).subList(0, slow(0).size() - 1);
        assertThat(Patience.USUAL.after(dead)).isEqualTo(Patience.USUAL);
    }

    @Test
    void a_silence_of_half_an_hour_is_not_taken_for_good() {
        List<BootEvent> boot = new ArrayList<>(slow(0).subList(0, 8));
        boot.add(new BootEvent.ConfigAsked(at(70 + 1800), MAC, IP));
        boot.add(new BootEvent.ApiAnswered(at(70 + 1900), MAC, "v1.13.9"));
        assertThat(Patience.USUAL.after(boot).longest()).doesNotContainKey(Silence.TALOS);
    }

    @Test
    void the_first_slow_boot_is_told_and_the_second_is_not() {
        Doctor doctor = new Doctor();
        assertThat(causes(doctor, slow(0), 22)).containsExactly(Cause.LOADER_DEAD);

        Doctor next = new Doctor(Map.of(MAC, Patience.USUAL.after(slow(0))));
        for (int s = 0; s <= 300; s++) {
            int now = s;
            List<BootEvent> news = slow(0).stream().filter(e -> e.at().equals(at(now))).toList();
            next.hear(news);
            assertThat(next.findings(List.of(MAC), at(s))).as("second %d", s).isEmpty();
        }
    }

    @Test
    void a_doctor_learns_by_itself_and_the_silence_is_still_told_in_the_end() {
        Doctor doctor = new Doctor();
        assertThat(causes(doctor, slow(0), 300)).isEmpty();
        assertThat(doctor.learnt()).containsOnlyKeys(MAC);

        doctor.hear(slow(1000).subList(0, 4)); // its loader came at second 1005
        assertThat(doctor.findings(List.of(MAC), at(1064))).isEmpty();
        assertThat(doctor.findings(List.of(MAC), at(1065)))
                .extracting(Finding::cause)
                .containsExactly(Cause.LOADER_DEAD);
    }

    @Test
    void what_was_learnt_is_written_and_read_as_lines() {
        Patience slow = Patience.USUAL.after(slow(0));
        List<String> lines = Patience.lines(Map.of(MAC, slow, OTHER, Patience.USUAL));

        assertThat(lines).containsExactly("4c:52:62:08:a3:ce START=40 TALOS=200");
        assertThat(Patience.read(lines)).isEqualTo(Map.of(MAC, slow));
    }

    @Test
    void a_damaged_line_is_as_if_nothing_was_learnt() {
        assertThat(Patience.read(List.of("", "x START=40", "START=40"))).isEmpty();
        assertThat(
                        Patience.read(
                                List.of(
                                        "4c:52:62:08:a3:ce START=-4 TALOS=99999 LUNCH=60"
                                                + " HTTP=1201 API=x")))
                .isEqualTo(Map.of(MAC, Patience.USUAL));
    }
}
