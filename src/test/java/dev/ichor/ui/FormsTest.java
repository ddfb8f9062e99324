package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.NasTarget;
import dev.ichor.steps.Step;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;

/// What is typed, and what is told in figures.
class FormsTest {
    @Test
    void a_pasted_list_of_macs_in_any_form() {
        MacList list = MacList.parse(" 4C-52-62-08-A3-CE,\n4c52.620e.1102 ; 4c52620e1103");

        assertThat(list.macs())
                .extracting(Mac::toString)
                .containsExactly("4c:52:62:08:a3:ce", "4c:52:62:0e:11:02", "4c:52:62:0e:11:03");
        assertThat(list.odd()).isEmpty();
    }

    @Test
    void the_first_word_that_is_no_mac_is_named_and_cut_when_it_is_long() {
        assertThat(MacList.parse("4c:52:62:08:a3:ce 4c:52:62").odd()).isEqualTo("4c:52:62");
        assertThat(MacList.parse("x".repeat(10_000)).odd()).hasSize(41).endsWith("…");
        assertThat(MacList.parse("   ").macs()).isEmpty();
    }

    @Test
    void the_nas_s_web_address_follows_its_name_until_it_is_typed() {
        Draft d = new NasForm("nas.local", "admin", "/docker", "", "").into(Draft.empty());
        assertThat(nas(d).httpBase()).isEqualTo("http://nas.local:8080");

        d = new NasForm("192.168.1.20:2222", "admin", "/docker", nas(d).httpBase(), "").into(d);
        assertThat(nas(d))
                .isEqualTo(
                        new NasTarget(
                                "192.168.1.20",
                                2222,
                                "admin",
                                "/docker",
                                null,
                                "http://192.168.1.20:8080"));

        d = new NasForm("nas", "admin", "/docker", "http://boot:80", "").into(d);
        assertThat(nas(d).httpBase()).isEqualTo("http://boot:80");
    }

    @Test
    void another_host_forgets_the_pinned_key_and_another_folder_does_not() {
        NasTarget pinned = new NasTarget("nas", 22, "admin", "/a", "SHA256:x", "http://nas:8080");
        Draft d = Draft.empty().copiedTo(pinned);

        assertThat(nas(new NasForm("nas", "admin", "/b", "http://nas:8080", "").into(d)).hostKey())
                .isEqualTo("SHA256:x");
        assertThat(nas(new NasForm("nas2", "admin", "/b", "http://nas:8080", "").into(d)).hostKey())
                .isNull();
    }

    @Test
    void a_key_or_the_agent_stands_for_the_password_until_the_field_is_emptied() {
        Draft d = new NasForm("nas", "admin", "/a", "", "agent").into(Draft.empty());
        assertThat(nas(d).key()).isEqualTo(NasTarget.AGENT);
        assertThat(NasForm.of(nas(d).pinned("SHA256:x")).key()).isEqualTo("agent");

        d = new NasForm("nas", "admin", "/a", "", " ").into(d);
        assertThat(nas(d).key()).isNull();
    }

    @Test
    void empty_fields_mean_no_nas() {
        Draft d = Posed.assigned();

        assertThat(new NasForm("", "", "", "", "").into(d).nas()).isNull();
    }

    @Test
    void progress_with_rate_and_time_left() {
        Pace pace = new Pace();
        pace.note(new Amount("", 0, 98_200_000), Posed.NOW);
        Amount now = new Amount("", 32_000_000, 98_200_000);
        pace.note(now, Posed.NOW.plusSeconds(4));

        assertThat(Progress.figures(Step.DOWNLOAD, now, pace, Posed.NOW.plusSeconds(4)))
                .isEqualTo("32.0 MB of 98.2 MB · 8.0 MB/s · 0:08 left");
        assertThat(pace.stalled(Posed.NOW.plusSeconds(20))).isFalse();
        assertThat(pace.stalled(Posed.NOW.plusSeconds(25))).isTrue();
    }

    @Test
    void an_unknown_total_shows_what_is_done() {
        Amount now = new Amount("", 812, -1);

        assertThat(Progress.figures(Step.DOWNLOAD, now, new Pace(), Posed.NOW)).isEqualTo("812 B");
    }

    @Test
    void durations_and_sizes() {
        assertThat(Figures.clock(Duration.ofSeconds(41))).isEqualTo("0:41");
        assertThat(Figures.clock(Duration.ofSeconds(3725))).isEqualTo("1:02:05");
        assertThat(Figures.bytes(999)).isEqualTo("999 B");
        assertThat(Figures.bytes(118_200_000)).isEqualTo("118 MB");
    }

    @Test
    void a_long_result_is_cut_at_a_comma() {
        assertThat(Figures.shortened("5 found on 192.168.1.0/24, 4 asked for a network boot", 28))
                .isEqualTo("5 found on 192.168.1.0/24");
        assertThat(Figures.shortened("1 control plane, 3 workers", 28))
                .isEqualTo("1 control plane, 3 workers");
    }

    @Test
    void clusters_are_listed_the_latest_first(@TempDir Path home) throws IOException {
        assertThat(new Recent(home.resolve("missing")).names()).isEmpty();
        for (String name : new String[] {"old", "new"}) {
            Files.createDirectory(home.resolve(name));
            Files.writeString(home.resolve(name).resolve("cluster.json"), "{}");
        }
        Files.createDirectory(home.resolve("other"));
        Files.setLastModifiedTime(
                home.resolve("old").resolve("cluster.json"),
                java.nio.file.attribute.FileTime.fromMillis(0));

        assertThat(new Recent(home).names()).containsExactly("new", "old");
        assertThat(new Recent(home).fits("home-lab")).isTrue();
        assertThat(new Recent(home).fits("../secrets")).isFalse();
    }

    private static NasTarget nas(Draft d) {
        return java.util.Objects.requireNonNull(d.nas());
    }
}
