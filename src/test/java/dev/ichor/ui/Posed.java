package dev.ichor.ui;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Payload;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.RouterReport;
import dev.ichor.cluster.Subnet;
import dev.ichor.cluster.TalosVersion;
import dev.ichor.steps.ConfigFile;
import dev.ichor.steps.Results;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;
import dev.ichor.steps.StepState.Status;

import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;

/// Snapshots and events as they come up in a home lab of four thin clients.
final class Posed {
    static final Instant NOW = Instant.parse("2026-11-22T19:44:30Z");
    static final InstantSource CLOCK = InstantSource.fixed(NOW);
    static final Mac CONTROL = Mac.of("4c:52:62:08:a3:ce");
    static final List<Mac> MACS =
            List.of(
                    CONTROL,
                    Mac.of("4c:52:62:0e:11:02"),
                    Mac.of("4c:52:62:0e:11:03"),
                    Mac.of("4c:52:62:0e:11:04"));
    private static final Ip4 FIRST = Ip4.of("192.168.1.21");

    private Posed() {}

    static Draft empty() {
        return Draft.empty();
    }

    static Draft found() {
        Draft d = Draft.empty().on("eth0");
        for (int i = 0; i < MACS.size(); i++) {
            Firmware f = i == 0 ? Firmware.BIOS : Firmware.UEFI_X64;
            d = d.found(new Machine(MACS.get(i), FIRST.plus(i), "Fujitsu", "futro-" + i, f, true));
        }
        return d.found(
                new Machine(
                        Mac.of("ac:3f:a4:77:10:02"),
                        Ip4.of("192.168.1.60"),
                        "Zebra",
                        "labels",
                        Firmware.UNKNOWN,
                        false));
    }

    static Draft assigned() {
        Draft d = found();
        for (int i = 0; i < MACS.size(); i++) {
            Role role = i == 0 ? Role.CONTROL_PLANE : Role.WORKER;
            String name = i == 0 ? "control-1" : "worker-" + i;
            InstallDisk disk = new InstallDisk.Device("/dev/sda");
            d = d.assign(MACS.get(i), new Draft.Wish(role, name, disk, Life.ALWAYS_NETBOOT));
        }
        return d.copiedTo(
                new NasTarget(
                        "nas.local",
                        22,
                        "admin",
                        "/docker/matchbox",
                        null,
                        "http://nas.local:8080"));
    }

    static Results results() {
        return new Results(
                List.of(
                        new Adapter(
                                "eth0",
                                "Ethernet",
                                Subnet.parse("192.168.1.10/24").orElseThrow(),
                                false,
                                9),
                        new Adapter(
                                "tun0",
                                "OpenVPN",
                                Subnet.parse("10.8.0.2/24").orElseThrow(),
                                true,
                                1)),
                new RouterReport(
                        List.of(
                                new RouterReport.Answer(
                                        Ip4.of("192.168.1.1"), FIRST, Ip4.of("0.0.0.0"), "")),
                        "The router hands out addresses and names no boot server: Ichor can answer"
                                + " beside it.",
                        BootMode.PROXY,
                        true),
                List.of(),
                new Fetched(
                        TalosVersion.of("v1.13.9"),
                        Path.of("/home/ana/.cache/ichor/v1.13.9/vmlinuz-amd64"),
                        Path.of("/home/ana/.cache/ichor/v1.13.9/initramfs-amd64.xz")),
                ConfigFile.of(assigned().plan()),
                new DeployPlan(
                        new NasTarget("nas.local", 22, "admin", "/docker/matchbox", null, ""),
                        List.of(
                                "assets/v1.13.9/vmlinuz-amd64",
                                "assets/v1.13.9/initramfs-amd64.xz"),
                        List.of("groups/control-1.json"),
                        List.of("profiles/control-1.json", "profiles/worker.json"),
                        List.of("groups/worker-9.json"),
                        List.of(),
                        118_200_000),
                Path.of("/home/ana/ichor/home-lab/private/kubeconfig"),
                List.of());
    }

    /// The boot page while the server runs.
    static Snapshot booting() {
        return at(Step.BOOT, running("", 0, -1), assigned(), results());
    }

    /// Every step before `at` done, `at` itself as given.
    static Snapshot at(Step at, StepState state, Draft draft, Results results) {
        Map<Step, StepState> all = new EnumMap<>(Step.class);
        for (Step s : Step.values()) {
            all.put(s, s.compareTo(at) < 0 ? done(s) : todo());
        }
        all.put(at, state);
        return new Snapshot(draft, draft.problems(), all, results);
    }

    static StepState todo() {
        return new StepState(Status.TODO, "", null, null);
    }

    static StepState running(String what, long done, long of) {
        return new StepState(Status.RUNNING, "", new Amount(what, done, of), null);
    }

    static StepState failed(String what, String why, String remedy) {
        return new StepState(Status.FAILED, "", null, new Problem(what, why, remedy));
    }

    static StepState done(Step step) {
        String result =
                switch (step) {
                    case GET_READY -> "eth0, 192.168.1.10. The router names no boot server.";
                    case FIND -> "5 found on 192.168.1.0/24, 4 asked for a network boot";
                    case ROLES -> "1 control plane, 3 workers";
                    case DOWNLOAD -> "Talos v1.13.9, checksums verified";
                    case CONFIGURE -> "4 configs for Talos v1.13.9, secrets in private/";
                    case COPY -> "14 files copied and read back, 2 were there already";
                    case BOOT -> "4 of 4 ready";
                    case FINISH -> "kubeconfig written";
                };
        return new StepState(Status.DONE, result, null, null);
    }

    /// One machine ready, one fetching, one waiting for the owner, one silent and in trouble.
    static BootLog log() {
        BootLog log = new BootLog();
        log.append(new BootEvent.ServiceUp(NOW.minusSeconds(60), "dhcp", "192.168.1.10:67"));
        log.append(new BootEvent.ServiceUp(NOW.minusSeconds(60), "http", "192.168.1.10:8080"));
        log.append(
                new BootEvent.ServiceDown(
                        NOW.minusSeconds(60), "tftp", "port 69 is used by Tftpd64.exe"));
        log.append(new BootEvent.GateChanged(NOW.minusSeconds(60), true));
        ready(log, MACS.get(0), FIRST, NOW.minusSeconds(55));
        loading(log, MACS.get(1), FIRST.plus(1), NOW.minusSeconds(20));
        Instant t = NOW.minusSeconds(12);
        heard(log, MACS.get(2), t);
        log.append(new BootEvent.WaitingForApproval(t, MACS.get(2)));
        heard(log, MACS.get(3), t);
        log.append(
                new BootEvent.TransferFailed(
                        t,
                        MACS.get(3),
                        FIRST.plus(3),
                        "TFTP",
                        Payload.LOADER,
                        "ipxe.efi",
                        "the machine stopped answering after block 17 of 2134"));
        return log;
    }

    /// What keeps a machine from booting, and the network from helping it.
    static BootLog trouble() {
        BootLog log = new BootLog();
        log.append(new BootEvent.ServiceUp(NOW, "http", "192.168.1.10:8080"));
        log.append(new BootEvent.ServiceDown(NOW, "tftp", "port 69 is used by Tftpd64.exe"));
        log.append(new BootEvent.OtherServer(NOW, Ip4.of("192.168.1.9"), "old.kpxe"));
        ready(log, MACS.get(0), FIRST, NOW);
        heard(log, MACS.get(1), NOW);
        log.append(
                new BootEvent.TransferFailed(
                        NOW,
                        MACS.get(1),
                        FIRST.plus(1),
                        "TFTP",
                        Payload.LOADER,
                        "http://192.168.1.10/boot.ipxe",
                        "not there"));
        heard(log, MACS.get(2), NOW);
        log.append(
                new BootEvent.Held(NOW, MACS.get(2), FIRST.plus(2), "it answers at two addresses"));
        return log;
    }

    static void heard(BootLog log, Mac mac, Instant t) {
        log.append(new BootEvent.Heard(t, mac, true, false, Firmware.UEFI_X64, "", 1));
        log.append(new BootEvent.Offered(t, mac, "ipxe.efi"));
    }

    static void loading(BootLog log, Mac mac, Ip4 ip, Instant t) {
        heard(log, mac, t);
        log.append(new BootEvent.Leased(t, mac, ip));
        done(log, mac, ip, t.plusSeconds(1), Payload.LOADER, "ipxe.efi", 1_092_608);
        done(log, mac, ip, t.plusSeconds(2), Payload.SCRIPT, "boot.ipxe", 412);
        done(log, mac, ip, t.plusSeconds(4), Payload.KERNEL, "vmlinuz-amd64", 19_500_000);
        log.append(
                new BootEvent.TransferStarted(
                        t.plusSeconds(5),
                        mac,
                        ip,
                        "HTTP",
                        Payload.INITRAMFS,
                        "initramfs-amd64.xz",
                        98_000_000));
    }

    /// One machine waits for the owner's word, and two for the disk.
    static BootLog waiting() {
        BootLog log = new BootLog();
        Disk small =
                new Disk(
                        "/dev/sda",
                        "InnoDisk 3ME3",
                        "20160418AA",
                        16_013_942_784L,
                        "sata SSD",
                        List.of("ext4 \"eLux\""));
        Disk stick = new Disk("/dev/sdb", "Ultra Fit", "4C5300", 31_000_000_000L, "usb", List.of());
        for (int i = 0; i < 3; i++) {
            Mac mac = MACS.get(i);
            Ip4 ip = Ip4.of("192.168.1.21").plus(i);
            loading(log, mac, ip, NOW.minusSeconds(40));
            log.append(
                    new BootEvent.Maintenance(
                            NOW, mac, ip, "h1kX4Wm0w1b1Yd0fZ1aGq2sB7cQeR9uT3vLxN5pJ8kM="));
            log.append(
                    i == 0
                            ? new BootEvent.WaitingForApproval(NOW, mac)
                            : new BootEvent.DisksSeen(NOW, mac, List.of(small, stick)));
            if (i > 0) {
                log.append(new BootEvent.Approved(NOW, mac));
            }
        }
        return log;
    }

    /// Progress is not replayed: it has to come while somebody listens.
    static void progress(BootLog log, Mac mac, Ip4 ip, long done) {
        log.append(
                new BootEvent.TransferProgress(
                        NOW, mac, ip, Payload.INITRAMFS, "initramfs-amd64.xz", done, 98_000_000));
    }

    static void ready(BootLog log, Mac mac, Ip4 ip, Instant t) {
        loading(log, mac, ip, t);
        done(log, mac, ip, t.plusSeconds(9), Payload.INITRAMFS, "initramfs-amd64.xz", 98_000_000);
        log.append(new BootEvent.ConfigAsked(t.plusSeconds(20), mac, ip));
        log.append(new BootEvent.Approved(t.plusSeconds(21), mac));
        log.append(new BootEvent.ConfigServed(t.plusSeconds(21), mac, ip));
        log.append(new BootEvent.NodeSaid(t.plusSeconds(25), mac, Stage.INSTALLING, "installing"));
        log.append(new BootEvent.ApiAnswered(t.plusSeconds(31), mac, "v1.13.9"));
        log.append(new BootEvent.KubernetesNode(t.plusSeconds(41), mac, "control-1", true));
    }

    private static void done(
            BootLog log, Mac mac, Ip4 ip, Instant t, Payload kind, String file, long bytes) {
        log.append(
                new BootEvent.TransferDone(
                        t,
                        mac,
                        ip,
                        kind == Payload.LOADER ? "TFTP" : "HTTP",
                        kind,
                        file,
                        bytes,
                        410));
    }
}
