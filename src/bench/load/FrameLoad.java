package dev.ichor.ui;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Role;
import dev.ichor.steps.Results;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.animation.AnimationTimer;
import javafx.application.Platform;
import javafx.scene.Scene;
import javafx.stage.Stage;

import java.lang.management.ManagementFactory;
import java.lang.management.ThreadMXBean;
import java.nio.file.Path;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Collections;
import java.util.EnumMap;
import java.util.List;
import java.util.Map;
import java.util.concurrent.atomic.AtomicLong;
import java.util.concurrent.locks.LockSupport;

/// The boot page under load: `FrameLoad MACHINES SECONDS` lets every machine tell ten things a
/// second, and says as JSON how the screen kept up after three seconds of warm-up.
///
/// `fps`: frames a second. `gap95`, `gapMax`: ms between two frames. `busyMax`: the longest a task
/// had to wait for the screen's thread, in ms. `fx`: the share of one processor that thread used.
/// `updates`: events a second that came in.
public final class FrameLoad {
    private static final long WARM_UP_MILLIS = 3000;
    private static final long BEAT_NANOS = 100_000_000;
    private static final long PROBE_NANOS = 10_000_000;
    private static final double NANOS_A_MILLI = 1e6;
    private static final long INITRAMFS = 98_000_000;
    private static final int BEATS = 120;

    private final BootLog log = new BootLog();
    private final InstantSource clock = InstantSource.system();
    private final AtomicLong updates = new AtomicLong();
    private final AtomicLong busyMax = new AtomicLong();
    private final List<Long> gaps = new ArrayList<>();
    private long last;

    public static void main(String[] a) {
        Platform.startup(
                () -> new FrameLoad().open(Integer.parseInt(a[0]), Integer.parseInt(a[1])));
    }

    private void open(int machines, int seconds) {
        Stage stage = new Stage();
        MonitorPage page =
                new MonitorPage(new Desk.Surroundings(i -> {}, log, clock, 1, Path.of(".")));
        Scene scene = new Scene(page.view(), 1240, 800);
        Theme.dress(scene, Look.LIGHT, false);
        stage.setScene(scene);
        stage.show();
        page.show(snapshot(machines));
        page.onScreen(true);
        for (int i = 0; i < machines; i++) {
            int n = i;
            Thread.ofVirtual().start(() -> machine(n));
        }
        long fx = Thread.currentThread().threadId();
        Thread.ofPlatform().daemon().start(() -> measure(fx, seconds));
    }

    private Snapshot snapshot(int machines) {
        Draft d = Draft.empty();
        for (int i = 0; i < machines; i++) {
            Role role = i < 3 ? Role.CONTROL_PLANE : Role.WORKER;
            InstallDisk disk = new InstallDisk.Device("/dev/sda");
            d = d.assign(mac(i), new Draft.Wish(role, "node-" + i, disk, Life.ALWAYS_NETBOOT));
        }
        Map<Step, StepState> states = new EnumMap<>(Step.class);
        for (Step s : Step.values()) {
            states.put(s, new StepState(StepState.Status.DONE, "", null, null));
        }
        states.put(Step.BOOT, new StepState(StepState.Status.RUNNING, "", null, null));
        return new Snapshot(d, List.of(), states, Results.NONE);
    }

    private static Mac mac(int i) {
        return new Mac(0x4c52620e0000L + i);
    }

    /// It boots over and over, each from another moment on.
    private void machine(int n) {
        Mac mac = mac(n);
        Ip4 ip = Ip4.of("10.0.0.0").plus(n + 1);
        LockSupport.parkNanos(BEAT_NANOS * (n % 10) / 10);
        for (int beat = n % BEATS; ; beat = (beat + 1) % BEATS) {
            log.append(event(mac, ip, beat));
            updates.incrementAndGet();
            LockSupport.parkNanos(BEAT_NANOS);
        }
    }

    private BootEvent event(Mac mac, Ip4 ip, int beat) {
        Instant now = clock.instant();
        return switch (beat) {
            case 0 -> new BootEvent.Heard(now, mac, true, false, Firmware.UEFI_X64, "", 1);
            case 2 -> new BootEvent.Offered(now, mac, "ipxe.efi");
            case 4 -> new BootEvent.Leased(now, mac, ip);
            case 6 -> done(mac, ip, Payload.LOADER, "ipxe.efi");
            case 8 -> new BootEvent.WaitingForApproval(now, mac);
            case 10 -> new BootEvent.Approved(now, mac);
            case 12 -> done(mac, ip, Payload.KERNEL, "vmlinuz-amd64");
            case 70 -> done(mac, ip, Payload.INITRAMFS, "initramfs-amd64.xz");
            case 80 -> new BootEvent.ConfigServed(now, mac, ip);
            case 100 -> new BootEvent.ApiAnswered(now, mac, "v1.13.9");
            case 110 -> new BootEvent.KubernetesNode(now, mac, "node", true);
            default ->
                    new BootEvent.TransferProgress(
                            now,
                            mac,
                            ip,
                            Payload.INITRAMFS,
                            "initramfs-amd64.xz",
                            INITRAMFS * (beat + 1) / (BEATS + 2),
                            INITRAMFS);
        };
    }

    private BootEvent done(Mac mac, Ip4 ip, Payload kind, String file) {
        return new BootEvent.TransferDone(
                clock.instant(), mac, ip, "HTTP", kind, file, 1_000_000, 100);
    }

    private void measure(long fx, int seconds) {
        LockSupport.parkNanos(WARM_UP_MILLIS * 1_000_000);
        ThreadMXBean threads = ManagementFactory.getThreadMXBean();
        Platform.runLater(() -> new Frames().start());
        long cpu = threads.getThreadCpuTime(fx);
        long told = updates.get();
        long begin = System.nanoTime();
        long end = begin + seconds * 1_000_000_000L;
        while (System.nanoTime() < end) {
            long asked = System.nanoTime();
            Platform.runLater(() -> busyMax.accumulateAndGet(System.nanoTime() - asked, Math::max));
            LockSupport.parkNanos(PROBE_NANOS);
        }
        double took = System.nanoTime() - begin;
        double share = (threads.getThreadCpuTime(fx) - cpu) / took;
        double heard = (updates.get() - told) / took * 1e9;
        Platform.runLater(() -> tell(took, share, heard));
    }

    private void tell(double took, double share, double heard) {
        List<Long> sorted = new ArrayList<>(gaps);
        Collections.sort(sorted);
        System.out.printf(
                java.util.Locale.ROOT,
                "{\"fps\": %.1f, \"gap95\": %.1f, \"gapMax\": %.1f, \"busyMax\": %.1f,"
                        + " \"fx\": %.1f, \"updates\": %.0f}%n",
                sorted.size() / took * 1e9,
                sorted.get(sorted.size() * 95 / 100) / NANOS_A_MILLI,
                sorted.getLast() / NANOS_A_MILLI,
                busyMax.get() / NANOS_A_MILLI,
                share * 100,
                heard);
        System.out.flush();
        System.exit(0);
    }

    private final class Frames extends AnimationTimer {
        @Override
        public void handle(long now) {
            long at = System.nanoTime();
            if (last != 0) {
                gaps.add(at - last);
            }
            last = at;
        }
    }
}
