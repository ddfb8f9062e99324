package dev.ichor.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.diagnosis.Cause;
import dev.ichor.diagnosis.Doctor;
import dev.ichor.diagnosis.Finding;

import org.junit.jupiter.api.AfterAll;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.EnumMap;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Stream;

/// The shipped boot server against machines that go wrong: each is named by its cause. Pretended
/// hardware is many times faster than real one, and so is the server's clock. What was found, how
/// soon and in which words is written to `target/diagnosis/rules.txt`.
@Timeout(300)
class MishapTest {
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    /// How much later than its packet, or than the end of its silence, a cause may be shown.
    private static final int LATER = 2;

    /// @param limit seconds of silence that the cause waits for; 0 when a packet tells
    private record Fault(Mishap mishap, Cause cause, int limit) {}

    /// On BIOS, every third of the drawer.
    private static final List<Fault> BIOS_LOADER =
            List.of(
                    new Fault(Mishap.NO_HTTP, Cause.NO_HTTP, 62),
                    new Fault(Mishap.PORT_CLOSED, Cause.SPANNING_TREE, 0),
                    new Fault(Mishap.LOADER_REFUSED, Cause.LOADER_LOOP, 0),
                    new Fault(Mishap.ROUTER_FILE, Cause.WRONG_FILE, 8),
                    new Fault(Mishap.LOOPS_ELSEWHERE, Cause.LOADER_LOOP, 0));

    private static final List<Fault> UEFI_LOADER =
            List.of(
                    new Fault(Mishap.NO_OFFER_TAKEN, Cause.OFFER_REFUSED, 36),
                    new Fault(Mishap.PORT_4011_BLOCKED, Cause.PORT_4011, 22),
                    new Fault(Mishap.ELSEWHERE, Cause.NO_LOADER_ASKED, 22),
                    new Fault(Mishap.TFTP_BLOCKED, Cause.TFTP_BLOCKED, 0),
                    new Fault(Mishap.URL_AS_NAME, Cause.URL_IN_ROUTER, 0),
                    new Fault(Mishap.STRANGE_NAME, Cause.UNKNOWN_FILE, 0),
                    new Fault(Mishap.LOADER_REFUSED, Cause.SECURE_BOOT, 0),
                    new Fault(Mishap.LOADER_HANGS, Cause.LOADER_DEAD, 17),
                    new Fault(Mishap.UEFI_32, Cause.WRONG_FIRMWARE, 0),
                    new Fault(Mishap.SHARED_UUID, Cause.SHARED_UUID, 0),
                    new Fault(Mishap.SHARED_UUID, Cause.SHARED_UUID, 0));

    private static final List<Fault> UEFI_TALOS =
            List.of(
                    new Fault(Mishap.OLD_PROCESSOR, Cause.OLD_PROCESSOR, 0),
                    new Fault(Mishap.LITTLE_MEMORY, Cause.LITTLE_MEMORY, 0),
                    new Fault(Mishap.OLD_RELEASE, Cause.FILE_MISSING, 0),
                    new Fault(Mishap.DOWNLOAD_CUT, Cause.DOWNLOAD_CUT, 0),
                    new Fault(Mishap.OLD_PROCESSOR_TOLD, Cause.OLD_PROCESSOR, 0),
                    new Fault(Mishap.OTHER_CARD, Cause.NO_CONFIG_ASKED, 62),
                    new Fault(Mishap.HALTED, Cause.HALTED, 0),
                    new Fault(Mishap.OTHER_CLUSTER, Cause.FOREIGN_CLUSTER, 0),
                    new Fault(Mishap.CONFIG_TWICE, Cause.HELD, 0),
                    new Fault(Mishap.CONFIG_REFUSED, Cause.CONFIG_REJECTED, 0),
                    new Fault(Mishap.NO_TIME, Cause.CLOCK, 60),
                    new Fault(Mishap.NO_REGISTRY, Cause.IMAGE_PULL, 0),
                    new Fault(Mishap.INSTALL_FAILS, Cause.NODE_TROUBLE, 0),
                    new Fault(Mishap.DISK_DEAD, Cause.DISK_DEAD, 0));

    /// The first machine is the control plane.
    private static final List<Fault> BIOS_SLOW =
            List.of(
                    new Fault(Mishap.NO_BOOTSTRAP, Cause.NOT_BOOTSTRAPPED, 600),
                    new Fault(Mishap.KERNEL_HANGS, Cause.NO_CONFIG_ASKED, 92));

    private static final List<Fault> UEFI_SLOW =
            List.of(
                    new Fault(Mishap.MUTE, Cause.SILENT, 180),
                    new Fault(Mishap.MUTE, Cause.NOT_WOKEN, 90),
                    new Fault(Mishap.KERNEL_HANGS, Cause.NO_CONFIG_ASKED, 122),
                    new Fault(Mishap.DIES_WITH_CONFIG, Cause.API_SILENT, 300));

    /// Causes that no machine shows, and where they are shown instead.
    private static final Map<Cause, String> ELSEWHERE = new EnumMap<>(Cause.class);

    static {
        String host = "a check of this PC (HostRulesTest)";
        Stream.of(
                        Cause.PORT_TAKEN,
                        Cause.FIREWALL,
                        Cause.ADAPTER,
                        Cause.ROUTER_SILENT,
                        Cause.NO_LOADERS,
                        Cause.PC_CLOCK,
                        Cause.PC_DISK,
                        Cause.NAS_SILENT)
                .forEach(c -> ELSEWHERE.put(c, host));
        ELSEWHERE.put(Cause.SERVICE_DOWN, "one of our own services (RulesTest)");
        ELSEWHERE.put(Cause.SECOND_SERVER, "the router of ROUTER_FILE, about no machine");
    }

    private record Shown(Cause cause, Mishap by) {}

    private static final Map<Shown, String> TABLE =
            new TreeMap<>(Comparator.comparing(Shown::cause).thenComparing(Shown::by));

    @TempDir private Path temp;

    @Test
    void every_cause_has_a_mishap_or_shows_elsewhere() {
        Set<Cause> causes = EnumSet.copyOf(ELSEWHERE.keySet());
        Set<Mishap> played = EnumSet.noneOf(Mishap.class);
        Stream.of(BIOS_LOADER, UEFI_LOADER, UEFI_TALOS, BIOS_SLOW, UEFI_SLOW)
                .flatMap(List::stream)
                .forEach(f -> {
                    causes.add(f.cause());
                    played.add(f.mishap());
                });
        assertThat(causes).containsExactlyInAnyOrder(Cause.values());
        assertThat(played).containsExactlyInAnyOrder(Mishap.values());
    }

    @Test
    void what_goes_wrong_before_talos_is_named_by_its_cause() throws Exception {
        named(BIOS_LOADER, UEFI_LOADER, (int) Pace.hurried().haste());
    }

    @Test
    void what_goes_wrong_in_talos_is_named_by_its_cause() throws Exception {
        named(List.of(), UEFI_TALOS, (int) Pace.hurried().haste());
    }

    /// Their silence is long even on a fast clock.
    @Test
    void a_long_silence_is_named_by_its_cause() throws Exception {
        named(BIOS_SLOW, UEFI_SLOW, 200);
    }

    @AfterAll
    static void the_table_is_written() throws IOException {
        Path file = Path.of("target/diagnosis/rules.txt");
        Files.createDirectories(file.getParent());
        Files.write(file, TABLE.values());
    }

    private void named(List<Fault> bios, List<Fault> uefi, int haste) throws Exception {
        Map<Mac, Fault> plays = new HashMap<>();
        int machines = Math.max(3 * bios.size(), (3 * uefi.size() + 1) / 2 + 1);
        int[] next = {0, 0};
        for (Machine m : drawer(machines)) {
            int kind = m.firmware() == Firmware.BIOS ? 0 : 1;
            List<Fault> faults = kind == 0 ? bios : uefi;
            if (next[kind] < faults.size()) {
                plays.put(m.mac(), faults.get(next[kind]++));
            }
        }
        assertThat(plays).hasSize(bios.size() + uefi.size());

        List<BootEvent> events = run(machines, plays, haste);

        Map<Fault, String> open = new HashMap<>();
        plays.values().forEach(f -> open.put(f, "not shown"));
        replay(events, plays, open);
        assertThat(open).isEmpty();
    }

    private static List<Machine> drawer(int machines) throws Exception {
        try (PretendNetwork network = FleetRun.network(machines, null, false)) {
            return network.machines();
        }
    }

    /// Boots until each fault was named. Only a disk-first machine is ever sent to its disk.
    private List<BootEvent> run(int machines, Map<Mac, Fault> plays, int haste) throws Exception {
        InstantSource fast = faster(haste);
        Map<Mac, Mishap> mishaps = new HashMap<>();
        plays.forEach((mac, f) -> mishaps.put(mac, f.mishap()));
        Script script = new Script(machines, null, false, mishaps);
        try (PretendNetwork network =
                PretendNetwork.start(script, Pace.hurried(), FleetRun.CLOCK, new SecureRandom())) {
            return new FleetRun(temp, fast)
                    .boot(
                            network,
                            mac ->
                                    mishaps.get(mac) == Mishap.DISK_DEAD
                                            ? Life.DISK_FIRST
                                            : Life.ALWAYS_NETBOOT,
                            (log, gate) -> watch(log, fast, plays, network));
        }
    }

    private static void watch(
            BootLog log, InstantSource clock, Map<Mac, Fault> plays, PretendNetwork network)
            throws InterruptedException {
        var news = new ConcurrentLinkedQueue<BootEvent>();
        log.listen(news::add);
        plays.forEach((mac, f) -> {
            if (f.cause() == Cause.NOT_WOKEN) {
                log.append(new BootEvent.WakeSent(clock.instant(), mac));
            }
        });
        Doctor doctor = new Doctor();
        Set<Fault> open = new java.util.HashSet<>(plays.values());
        Instant end = FleetRun.CLOCK.instant().plus(PATIENCE);
        while (!open.isEmpty() && FleetRun.CLOCK.instant().isBefore(end)) {
            for (BootEvent e = news.poll(); e != null; e = news.poll()) {
                doctor.hear(List.of(e));
                if (e instanceof BootEvent.Installed(Instant _, Mac mac)
                        && plays.containsKey(mac)
                        && plays.get(mac).mishap() == Mishap.DISK_DEAD) {
                    network.powerOff(mac);
                    network.powerOn(mac);
                }
            }
            for (Finding f : doctor.findings(plays.keySet(), clock.instant())) {
                open.removeIf(fault -> shows(f, fault, plays));
            }
            Thread.sleep(50);
        }
    }

    private static boolean shows(Finding f, Fault fault, Map<Mac, Fault> plays) {
        return f.cause() == fault.cause() && f.mac() != null && fault.equals(plays.get(f.mac()));
    }

    /// Hears everything again, second by second, and measures from what was heard last to the
    /// moment the cause was shown.
    private static void replay(
            List<BootEvent> log, Map<Mac, Fault> plays, Map<Fault, String> open) {
        List<BootEvent> events = new ArrayList<>(log);
        events.sort(Comparator.comparing(BootEvent::at));
        Instant begun = events.getFirst().at();
        Instant end = events.getLast().at().plusSeconds(700);
        Doctor doctor = new Doctor();
        int next = 0;
        for (Instant now = begun; now.isBefore(end) && !open.isEmpty(); now = now.plusSeconds(1)) {
            int from = next;
            while (next < events.size() && !events.get(next).at().isAfter(now)) {
                next++;
            }
            doctor.hear(events.subList(from, next));
            for (Finding f : doctor.findings(plays.keySet(), now)) {
                Mac mac = f.mac();
                Fault fault = mac == null ? null : plays.get(mac);
                if (f.cause() == Cause.SECOND_SERVER) {
                    row(Mishap.ROUTER_FILE, f, Duration.between(f.since(), now).toSeconds());
                } else if (mac != null
                        && fault != null
                        && fault.cause() == f.cause()
                        && open.containsKey(fault)) {
                    Instant heard = heard(events.subList(0, next), mac, begun);
                    long seconds = Duration.between(heard, now).toSeconds();
                    row(fault.mishap(), f, seconds);
                    if (seconds <= fault.limit() + LATER) {
                        open.remove(fault);
                    } else {
                        open.put(fault, "after " + seconds + " s");
                    }
                }
            }
        }
    }

    private static Instant heard(List<BootEvent> events, Mac mac, Instant begun) {
        return events.stream()
                .filter(e -> mac.equals(e.mac()))
                .reduce((a, b) -> b)
                .map(BootEvent::at)
                .orElse(begun);
    }

    private static void row(Mishap mishap, Finding f, long seconds) {
        TABLE.putIfAbsent(
                new Shown(f.cause(), mishap),
                "%-17s %-19s %4d s  %s (%s) %s"
                        .formatted(f.cause(), mishap, seconds, f.what(), f.evidence(), f.advice()));
    }

    private static InstantSource faster(int haste) {
        Instant start = FleetRun.CLOCK.instant();
        return () ->
                start.plus(Duration.between(start, FleetRun.CLOCK.instant()).multipliedBy(haste));
    }
}
