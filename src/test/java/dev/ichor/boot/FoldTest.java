package dev.ichor.boot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Objects;

/// What each event changes in a machine's row, as its owner would read it.
class FoldTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 IP = Ip4.of("192.168.1.50");

    private MachineProgress row = MachineProgress.waiting(MAC, T);
    private int second;

    private Instant next() {
        return T.plusSeconds(++second);
    }

    private String then(BootEvent event) {
        row = Fold.after(row, event);
        return "%d %s%s %s %s %d/%d %s"
                .formatted(
                        row.lastSeen().getEpochSecond() - T.getEpochSecond(),
                        row.stage(),
                        row.approved() ? "+" : "",
                        Objects.requireNonNullElse(row.ip(), "-"),
                        row.file().isEmpty() ? "-" : row.file(),
                        row.done(),
                        row.of(),
                        row.trouble());
    }

    private BootEvent heard(boolean pxe, boolean ipxe) {
        return new BootEvent.Heard(next(), MAC, pxe, ipxe, Firmware.BIOS, "", 1);
    }

    private BootEvent started(Payload kind, String file) {
        return new BootEvent.TransferStarted(next(), MAC, IP, "HTTP", kind, file, 900);
    }

    private BootEvent done(Payload kind, String file) {
        return new BootEvent.TransferDone(next(), MAC, IP, "HTTP", kind, file, 900, 5);
    }

    @Test
    void from_the_first_packet_to_ready() {
        assertThat(then(heard(false, false))).isEqualTo("0 WAITING - - 0/0 ");
        assertThat(then(heard(true, false))).isEqualTo("2 DISCOVERED - - 0/0 ");
        assertThat(then(new BootEvent.Offered(next(), MAC, "f"))).isEqualTo("3 OFFERED - - 0/0 ");
        assertThat(then(new BootEvent.Leased(next(), MAC, IP)))
                .isEqualTo("4 OFFERED 192.168.1.50 - 0/0 ");
        assertThat(then(done(Payload.LOADER, "l"))).isEqualTo("5 LOADER 192.168.1.50 l 900/900 ");
        assertThat(then(heard(true, true))).isEqualTo("6 LOADER 192.168.1.50 l 900/900 ");
        assertThat(then(new BootEvent.WaitingForApproval(next(), MAC)))
                .isEqualTo("7 SCRIPT 192.168.1.50 l 900/900 ");
        assertThat(then(new BootEvent.Approved(next(), MAC)))
                .isEqualTo("8 SCRIPT+ 192.168.1.50 l 900/900 ");
        assertThat(then(started(Payload.KERNEL, "k"))).isEqualTo("9 KERNEL+ 192.168.1.50 k 0/900 ");
        assertThat(
                        then(
                                new BootEvent.TransferProgress(
                                        next(), MAC, IP, Payload.KERNEL, "k", 400, 900)))
                .isEqualTo("10 KERNEL+ 192.168.1.50 k 400/900 ");
        assertThat(then(done(Payload.INITRAMFS, "i")))
                .isEqualTo("11 INITRAMFS+ 192.168.1.50 i 900/900 ");
        assertThat(then(new BootEvent.ConfigAsked(next(), MAC, IP)))
                .isEqualTo("12 CONFIG_ASKED+ 192.168.1.50 i 900/900 ");
        assertThat(then(new BootEvent.ConfigServed(next(), MAC, IP))).startsWith("13 CONFIG+ ");
        assertThat(then(new BootEvent.NodeSaid(next(), MAC, null, "line")))
                .startsWith("14 CONFIG+ ");
        assertThat(then(new BootEvent.NodeSaid(next(), MAC, Stage.INSTALLING, "line")))
                .startsWith("15 INSTALLING+ ");
        assertThat(then(new BootEvent.ApiAnswered(next(), MAC, "v1.13.9")))
                .startsWith("16 TALOS_API+ ");
        assertThat(then(new BootEvent.NodeService(next(), MAC, "etcd", "Preparing", false)))
                .startsWith("17 TALOS_API+ ");
        assertThat(then(new BootEvent.NodeService(next(), MAC, "kubelet", "Running", true)))
                .startsWith("18 TALOS_API+ ");
        assertThat(then(new BootEvent.NodeService(next(), MAC, "etcd", "Running", true)))
                .startsWith("19 ETCD+ ");
        assertThat(then(new BootEvent.KubernetesNode(next(), MAC, "n", false)))
                .startsWith("20 ETCD+ ");
        assertThat(then(new BootEvent.KubernetesNode(next(), MAC, "n", true)))
                .startsWith("21 READY+ ");
        assertThat(row.boots()).isEqualTo(1);
        assertThat(then(heard(false, false))).startsWith("22 READY+ ");
    }

    @Test
    void a_machine_that_already_asks_is_approved_at_once() {
        then(new BootEvent.ConfigAsked(next(), MAC, IP));
        assertThat(then(new BootEvent.Approved(next(), MAC))).startsWith("2 APPROVED+ ");
    }

    @Test
    void a_machine_whose_config_is_pushed_waits_in_maintenance_mode() {
        assertThat(then(new BootEvent.PartServed(next(), MAC, IP)))
                .isEqualTo("1 CONFIG_ASKED 192.168.1.50 - 0/0 ");
        row = MachineProgress.waiting(MAC, T);
        assertThat(then(new BootEvent.Maintenance(next(), MAC, IP, "fp")))
                .isEqualTo("2 CONFIG_ASKED 192.168.1.50 - 0/0 ");
        Disk disk = new Disk("/dev/sda", "", "", 1, "", List.of());
        assertThat(then(new BootEvent.DisksSeen(next(), MAC, List.of(disk))))
                .endsWith("0/0 Choose the disk that Talos is installed on.");
        row = row.at(Ip4.NONE, T);
        assertThat(then(new BootEvent.ConfigPushed(next(), MAC, IP)))
                .isEqualTo("4 CONFIG 192.168.1.50 - 0/0 ");
    }

    @Test
    void trouble_is_told_and_gone_at_the_next_stage() {
        then(heard(true, false));
        assertThat(
                        then(
                                new BootEvent.TransferFailed(
                                        next(), MAC, IP, "TFTP", Payload.LOADER, "l", "gone")))
                .isEqualTo("2 DISCOVERED - - 0/0 l: gone");
        assertThat(then(new BootEvent.Offered(next(), MAC, "l"))).isEqualTo("3 OFFERED - - 0/0 ");
        assertThat(then(new BootEvent.ConfigRefused(next(), MAC, IP, "not armed")))
                .endsWith(" not armed");
        assertThat(then(new BootEvent.NodeTrouble(next(), MAC, "its disk is full")))
                .endsWith(" its disk is full");
        assertThat(then(new BootEvent.ForeignCluster(next(), MAC, IP, "fp")))
                .isEqualTo(
                        "6 OFFERED 192.168.1.50 - 0/0 It belongs to another cluster. Wipe it and"
                                + " start over.");
        assertThat(then(new BootEvent.Held(next(), MAC, IP, "two of it")))
                .isEqualTo("7 SCRIPT 192.168.1.50 - 0/0 two of it");
        Hardware old = new Hardware("", "", "", Hardware.Cpu.V1, 0);
        assertThat(then(new BootEvent.Inspected(next(), MAC, old)))
                .endsWith(" Its processor is too old for Talos (x86-64-v1).");
        assertThat(then(new BootEvent.Inspected(next(), MAC, Hardware.UNKNOWN)))
                .startsWith("9 SCRIPT ");
    }

    @Test
    void what_only_shows_that_it_lives_moves_nothing_and_what_is_ours_not_even_that() {
        then(heard(true, false));
        assertThat(then(new BootEvent.Installed(next(), MAC))).startsWith("2 DISCOVERED");
        assertThat(then(new BootEvent.ScriptGiven(next(), MAC, "disk"))).startsWith("3 DISCOVERED");
        assertThat(then(new BootEvent.WakeSent(next(), MAC))).startsWith("3 DISCOVERED");
    }

    @Test
    void ipxe_is_the_same_boot_until_the_kernel_and_a_new_one_after_it() {
        then(heard(true, false));
        then(done(Payload.LOADER, "l"));
        assertThat(then(heard(true, true))).startsWith("3 LOADER");
        then(done(Payload.KERNEL, "k"));
        assertThat(then(heard(true, true))).startsWith("5 DISCOVERED");
        assertThat(row.boots()).isEqualTo(2);
        then(done(Payload.LOADER, "l"));
        assertThat(then(heard(true, false))).startsWith("7 DISCOVERED");
        assertThat(row.boots()).isEqualTo(3);
    }

    @Test
    void the_fleet_counts_machines_services_and_strays() {
        Mac other = Mac.of("4c:52:62:08:a3:cf");
        FleetProgress fleet =
                FleetProgress.of(List.of(MAC, other), T)
                        .after(
                                List.of(
                                        heard(true, false),
                                        new BootEvent.ServiceUp(T, "http", "*:8080"),
                                        new BootEvent.ServiceDown(T, "tftp", "port 69 is used"),
                                        new BootEvent.Stray(T, "10.0.0.9", "short"),
                                        new BootEvent.Stray(T, "10.0.0.9", "short")));
        assertThat(fleet.machines()).containsOnlyKeys(MAC, other);
        assertThat(fleet.count(Stage.WAITING)).isEqualTo(1);
        assertThat(fleet.count(Stage.READY)).isZero();
        assertThat(fleet.services())
                .containsEntry("http", "*:8080")
                .containsEntry("tftp", "✗ port 69 is used");
        assertThat(fleet.strays()).isEqualTo(2);
    }

    @Test
    void a_machine_that_is_not_in_the_plan_gets_a_row_when_it_is_heard() {
        assertThat(FleetProgress.of(List.of(), T).after(List.of(heard(true, false))).machines())
                .containsOnlyKeys(MAC);
    }
}
