package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.diagnosis.Cause;
import dev.ichor.diagnosis.Finding;
import dev.ichor.diagnosis.Remedy;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;

class MonitorModelTest {
    private static final Ip4 IP = Ip4.of("192.168.1.22");

    private final BootLog log = new BootLog();
    private final AtomicReference<Instant> now = new AtomicReference<>(Posed.NOW);

    @Test
    void the_machines_of_the_plan_are_seen_before_anything_is_heard() {
        assertThat(picture(model()))
                .isEqualTo(
                        """
                        control-1 Waiting
                        worker-1 Waiting
                        worker-2 Waiting
                        worker-3 Waiting\
                        """);
    }

    @Test
    void four_machines_in_four_states() {
        MonitorModel model = model();
        Posed.ready(log, Posed.MACS.get(0), IP, Posed.NOW.minusSeconds(60));
        Posed.loading(log, Posed.MACS.get(1), IP, Posed.NOW.minusSeconds(20));
        Posed.progress(log, Posed.MACS.get(1), IP, 43_120_000);
        log.append(new BootEvent.WaitingForApproval(Posed.NOW, Posed.MACS.get(2)));
        Posed.heard(log, Posed.MACS.get(3), Posed.NOW.minusSeconds(300));
        now.set(Posed.NOW.minusSeconds(100));
        model.serving(true);
        now.set(Posed.NOW);
        model.drain();

        assertThat(picture(model))
                .isEqualTo(
                        """
                        control-1 Ready
                        worker-1 Initrd 44 %
                        worker-2 Waits for Approve
                        worker-3 Silent at DHCP\
                        """);
        assertThat(model.summary().words()).isEqualTo("1 of 4 ready · 2 need you");
    }

    @Test
    void while_our_servers_are_off_nobody_is_called_silent() {
        MonitorModel model = model();
        Posed.heard(log, Posed.MACS.get(3), Posed.NOW.minusSeconds(300));
        model.drain();

        assertThat(picture(model)).endsWith("worker-3 DHCP");
    }

    @Test
    void a_phone_that_asks_for_an_address_is_no_machine_of_ours() {
        MonitorModel model = model();
        Mac phone = Mac.of("f0:18:98:00:00:01");
        log.append(new BootEvent.Heard(Posed.NOW, phone, false, false, Firmware.UNKNOWN, "", 1));
        model.drain();

        assertThat(model.rows()).doesNotContainKey(phone);
    }

    @Test
    void a_machine_outside_the_plan_that_asks_for_a_network_boot_is_shown() {
        MonitorModel model = model();
        Mac other = Mac.of("00:1e:06:45:0a:11");
        Posed.heard(log, other, Posed.NOW);
        model.drain();

        assertThat(model.rows()).containsKey(other);
        assertThat(model.rows().values().stream().reduce((a, b) -> b).orElseThrow().who().name())
                .isEqualTo("00:1e:06:45:0a:11");
    }

    @Test
    void of_a_transfer_only_the_latest_progress_waits_in_the_mailbox_and_none_after_its_end() {
        Mailbox box = new Mailbox(log);
        Mac mac = Posed.MACS.get(1);
        for (int done = 1; done <= 1000; done++) {
            Posed.progress(log, mac, IP, done);
        }
        assertThat(box.drain()).hasSize(1);

        Posed.progress(log, mac, IP, 5000);
        log.append(
                new BootEvent.TransferDone(
                        Posed.NOW, mac, IP, "HTTP", Payload.INITRAMFS, "initramfs-amd64.xz", 1, 1));
        assertThat(box.drain()).hasExactlyElementsOfTypes(BootEvent.TransferDone.class);
    }

    @Test
    void a_machine_that_waits_in_talos_shows_what_to_compare_and_then_its_disks() {
        MonitorModel model = model();
        Mac mac = Posed.MACS.get(1);
        Draft.Wish wish = Objects.requireNonNull(Posed.assigned().wishes().get(mac));
        Disk disk = new Disk("/dev/sda", "SSD 16G", "S1", 16_000_000_000L, "sata SSD", List.of());
        model.plan(
                Map.of(
                        mac,
                        new Draft.Wish(
                                wish.role(), wish.hostname(), new InstallDisk.Ask(), wish.life())));
        log.append(new BootEvent.Maintenance(Posed.NOW, mac, IP, "qk7x="));
        log.append(new BootEvent.WaitingForApproval(Posed.NOW, mac));
        log.append(new BootEvent.DisksSeen(Posed.NOW, mac, List.of(disk)));
        model.drain();
        assertThat(row(model, mac).state()).isEqualTo("Waits for Approve");
        assertThat(row(model, mac).line()).isEqualTo("Compare with its screen: qk7x=");
        log.append(new BootEvent.Approved(Posed.NOW, mac));
        model.drain();
        assertThat(row(model, mac).state()).isEqualTo("Choose its disk");
        assertThat(row(model, mac).way().needs().disks()).containsExactly(disk);
        log.append(new BootEvent.ConfigPushed(Posed.NOW, mac, IP));
        model.drain();
        assertThat(row(model, mac).way().needs().disks()).isEmpty();
    }

    @Test
    void a_machine_that_does_not_boot_says_why_and_what_to_do() {
        MonitorModel model = model();
        Mac mac = Posed.MACS.get(1);
        Posed.heard(log, mac, Posed.NOW);
        model.drain();
        assertThat(row(model, mac).state()).isEqualTo("DHCP");
        model.findings(Map.of(mac, finding(mac, Cause.URL_IN_ROUTER)));
        model.drain();
        assertThat(row(model, mac).state()).isEqualTo("Trouble at DHCP");
        assertThat(row(model, mac).line()).isEqualTo("What is wrong. What to do.");
        model.findings(Map.of());
        model.drain();
        assertThat(row(model, mac).state()).isEqualTo("DHCP");
    }

    @Test
    void a_machine_that_may_be_switched_off_stays_grey_and_says_what_to_try() {
        MonitorModel model = model();
        Mac mac = Posed.MACS.get(1);
        model.findings(Map.of(mac, finding(mac, Cause.SILENT)));
        model.drain();
        assertThat(row(model, mac).way().health()).isEqualTo(Health.WAITING);
        assertThat(row(model, mac).line()).isEqualTo("What is wrong. What to do.");
    }

    private static Finding finding(Mac mac, Cause cause) {
        return new Finding(
                cause, mac, "What is wrong.", "seen", "What to do.", Remedy.NONE, Posed.NOW);
    }

    private static RowView row(MonitorModel model, Mac mac) {
        return Objects.requireNonNull(model.rows().get(mac));
    }

    private MonitorModel model() {
        MonitorModel model = new MonitorModel(new Mailbox(log), now::get, 1);
        model.plan(Posed.assigned().wishes());
        model.drain();
        return model;
    }

    private static String picture(MonitorModel model) {
        return model.rows().values().stream()
                .map(r -> r.who().name() + " " + r.state())
                .collect(Collectors.joining("\n"));
    }
}
