package dev.ichor.timeline;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.stream.Collectors;

class TimelineTest {
    private static final Instant START = Instant.parse("2026-11-22T19:44:30Z");
    private static final Mac CONTROL = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac WORKER = Mac.of("4c:52:62:0e:11:02");
    private static final Ip4 IP = Ip4.of("192.168.1.21");

    private final List<BootEvent> events = new ArrayList<>();
    private final Map<Mac, String> names = new LinkedHashMap<>();

    TimelineTest() {
        names.put(CONTROL, "control-1");
        names.put(WORKER, "worker-1");
    }

    @Test
    void who_did_what_and_who_waited_for_the_owner() {
        boot(CONTROL, 0);
        boot(WORKER, 5);

        assertThat(picture(70))
                .isEqualTo(
                        """
                        control-1: FIRMWARE 0-2 LOADER 2-4 OWNER 4-14 LOADER 14-15 DOWNLOAD 15-20\
                         STARTING 20-30 INSTALL 30-40 RESTART 40-50 JOINING 50-58 READY 58-70
                        worker-1: FIRMWARE 5-7 LOADER 7-9 OWNER 9-19 LOADER 19-20 DOWNLOAD 20-25\
                         STARTING 25-35 INSTALL 35-45 RESTART 45-55 JOINING 55-63 READY 63-70\
                        """);
    }

    @Test
    void a_machine_that_is_not_heard_of_any_more_has_waited_until_now_and_its_trouble_is_marked() {
        heard(CONTROL, 0);
        events.add(
                new BootEvent.TransferFailed(
                        at(3), CONTROL, IP, "TFTP", Payload.LOADER, "ipxe.efi", "timed out"));

        assertThat(picture(90)).isEqualTo("control-1: FIRMWARE 0-90 !3 ipxe.efi: timed out");
    }

    @Test
    void what_was_before_the_server_was_started_last_is_left_out() {
        boot(CONTROL, 0);
        events.add(new BootEvent.ServiceUp(at(100), "http", "192.168.1.10:8080"));
        heard(WORKER, 101);

        assertThat(picture(110)).isEqualTo("worker-1: FIRMWARE 0-9");
    }

    @Test
    void what_is_told_late_does_not_turn_time_back() {
        heard(CONTROL, 10);
        transferred(CONTROL, 20, Payload.KERNEL);
        transferred(CONTROL, 19, Payload.SCRIPT);
        transferred(CONTROL, 30, Payload.INITRAMFS);

        assertThat(picture(40)).isEqualTo("control-1: FIRMWARE 0-10 DOWNLOAD 10-20 STARTING 20-30");
    }

    @Test
    void nothing_heard_is_an_empty_picture() {
        Timeline line = Timeline.of(List.of(), names, START);

        assertThat(line.lanes()).isEmpty();
        assertThat(Svg.of(Picture.of(line, new English()))).contains("0 of 0 Ready after 0:00");
    }

    @Test
    void the_picture_as_svg() {
        names.put(WORKER, "<worker> & \u0007\ud83d\ude00");
        heard(WORKER, 0);
        transferred(WORKER, 4, Payload.KERNEL);
        String svg = Svg.of(Picture.of(Timeline.of(events, names, at(10)), new English()));

        assertThat(svg)
                .startsWith("<svg xmlns=\"http://www.w3.org/2000/svg\" width=\"")
                .endsWith("</svg>\n")
                .contains(
                        ">0 of 1 Ready after 0:10</text>",
                        ">&lt;worker&gt; &amp; \ud83d\ude00</text>",
                        "<title>Firmware and DHCP 0:04</title>",
                        "<title>Downloads Talos 0:06</title>",
                        ">not Ready after 0:10</text>");
    }

    @Test
    void a_thousand_machines_are_one_picture_of_thin_bars() {
        for (int i = 0; i < 1000; i++) {
            boot(new Mac(0x4c52620e0000L + i), i / 20);
        }
        Drawing drawing = Picture.of(Timeline.of(events, Map.of(), at(200)), new English());

        assertThat(drawing.height()).isBetween(12_000.0, 12_500.0);
    }

    private void boot(Mac mac, int from) {
        heard(mac, from);
        transferred(mac, from + 2, Payload.LOADER);
        events.add(new BootEvent.WaitingForApproval(at(from + 4), mac));
        events.add(new BootEvent.Approved(at(from + 14), mac));
        events.add(new BootEvent.ScriptGiven(at(from + 14), mac, "network"));
        transferred(mac, from + 15, Payload.KERNEL);
        transferred(mac, from + 20, Payload.INITRAMFS);
        events.add(new BootEvent.ConfigServed(at(from + 30), mac, IP));
        events.add(new BootEvent.NodeSaid(at(from + 40), mac, Stage.REBOOTING, "reboots"));
        events.add(new BootEvent.ApiAnswered(at(from + 50), mac, "v1.13.9"));
        events.add(new BootEvent.KubernetesNode(at(from + 58), mac, "n", true));
    }

    private void heard(Mac mac, int second) {
        events.add(
                new BootEvent.Heard(at(second), mac, true, false, Firmware.UEFI_X64, "", second));
    }

    private void transferred(Mac mac, int second, Payload kind) {
        events.add(new BootEvent.TransferDone(at(second), mac, IP, "HTTP", kind, "f", 1, 1));
    }

    private static Instant at(int second) {
        return START.plusSeconds(second);
    }

    private String picture(int now) {
        Timeline line = Timeline.of(events, names, at(now));
        return line.lanes().stream()
                .map(l -> l.name() + ":" + spans(line, l) + marks(line, l))
                .collect(Collectors.joining("\n"));
    }

    private static String spans(Timeline line, Timeline.Lane lane) {
        return lane.spans().stream()
                .map(s -> " " + s.kind() + " " + since(line, s.from()) + "-" + since(line, s.to()))
                .collect(Collectors.joining());
    }

    private static String marks(Timeline line, Timeline.Lane lane) {
        return lane.marks().stream()
                .map(m -> " !" + since(line, m.at()) + " " + m.what())
                .collect(Collectors.joining());
    }

    private static long since(Timeline line, Instant at) {
        return Duration.between(line.from(), at).toSeconds();
    }
}
