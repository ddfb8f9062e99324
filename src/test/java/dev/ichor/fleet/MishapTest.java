package dev.ichor.fleet;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.diagnosis.Cause;
import dev.ichor.diagnosis.Doctor;
import dev.ichor.diagnosis.Finding;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.stream.Collectors;

/// The shipped boot server against machines that go wrong: each is named by its cause. Pretended
/// hardware is so many times faster than real one, and so is the server's clock.
@Timeout(300)
class MishapTest {
    private static final Duration PATIENCE = Duration.ofSeconds(100);

    /// On BIOS, every third of the drawer; the others are UEFI.
    private static final List<Map.Entry<Mishap, Cause>> BIOS =
            List.of(
                    Map.entry(Mishap.NO_HTTP, Cause.NO_HTTP),
                    Map.entry(Mishap.PORT_CLOSED, Cause.SPANNING_TREE),
                    Map.entry(Mishap.KERNEL_HANGS, Cause.NO_CONFIG_ASKED),
                    Map.entry(Mishap.LOADER_REFUSED, Cause.LOADER_LOOP));

    private static final List<Map.Entry<Mishap, Cause>> UEFI =
            List.of(
                    Map.entry(Mishap.NO_OFFER_TAKEN, Cause.OFFER_REFUSED),
                    Map.entry(Mishap.PORT_4011_BLOCKED, Cause.PORT_4011),
                    Map.entry(Mishap.ELSEWHERE, Cause.NO_LOADER_ASKED),
                    Map.entry(Mishap.TFTP_BLOCKED, Cause.TFTP_BLOCKED),
                    Map.entry(Mishap.URL_AS_NAME, Cause.URL_IN_ROUTER),
                    Map.entry(Mishap.STRANGE_NAME, Cause.UNKNOWN_FILE),
                    Map.entry(Mishap.LOADER_REFUSED, Cause.SECURE_BOOT),
                    Map.entry(Mishap.LOADER_HANGS, Cause.LOADER_DEAD),
                    Map.entry(Mishap.OLD_PROCESSOR, Cause.OLD_PROCESSOR),
                    Map.entry(Mishap.LITTLE_MEMORY, Cause.LITTLE_MEMORY),
                    Map.entry(Mishap.DOWNLOAD_CUT, Cause.DOWNLOAD_CUT));

    /// Their silence is long even on a fast clock.
    private static final List<Map.Entry<Mishap, Cause>> SLOW =
            List.of(
                    Map.entry(Mishap.MUTE, Cause.SILENT),
                    Map.entry(Mishap.KERNEL_HANGS, Cause.NO_CONFIG_ASKED));

    @TempDir private Path temp;

    @Test
    void every_mishap_is_named_by_its_cause() throws Exception {
        int machines = 18;
        Map<Mac, Mishap> mishaps = new HashMap<>();
        Map<Mac, Cause> expected = new HashMap<>();
        Deque<Map.Entry<Mishap, Cause>> bios = new ArrayDeque<>(BIOS);
        Deque<Map.Entry<Mishap, Cause>> uefi = new ArrayDeque<>(UEFI);
        if (Boolean.getBoolean("nightly")) {
            uefi.addAll(SLOW);
        }
        for (Machine m : drawer(machines)) {
            var next = m.firmware() == dev.ichor.cluster.Firmware.BIOS ? bios : uefi;
            Map.Entry<Mishap, Cause> e = next.poll();
            if (e != null) {
                mishaps.put(m.mac(), e.getKey());
                expected.put(m.mac(), e.getValue());
            }
        }
        assertThat(bios).isEmpty();
        assertThat(uefi).isEmpty();

        Map<Mac, Finding> found = run(machines, mishaps, expected);

        assertThat(causes(found)).containsAllEntriesOf(expected);
    }

    private static List<Machine> drawer(int machines) throws Exception {
        try (PretendNetwork network = FleetRun.network(machines, null, false)) {
            return network.machines();
        }
    }

    private static Map<Mac, Cause> causes(Map<Mac, Finding> found) {
        return found.entrySet().stream()
                .collect(Collectors.toMap(Map.Entry::getKey, e -> e.getValue().cause()));
    }

    /// Boots until each machine shows what is expected, and keeps the last finding of each.
    private Map<Mac, Finding> run(int machines, Map<Mac, Mishap> mishaps, Map<Mac, Cause> expected)
            throws Exception {
        Map<Mac, Finding> last = new HashMap<>();
        InstantSource fast = faster(Pace.hurried().haste());
        Script script = new Script(machines, null, false, mishaps);
        try (PretendNetwork network =
                PretendNetwork.start(script, Pace.hurried(), FleetRun.CLOCK, new SecureRandom())) {
            new FleetRun(temp, fast)
                    .boot(
                            network,
                            mac -> Life.ALWAYS_NETBOOT,
                            (log, gate) -> watch(log, fast, expected, last));
        }
        return last;
    }

    private static void watch(
            BootLog log, InstantSource clock, Map<Mac, Cause> expected, Map<Mac, Finding> last)
            throws InterruptedException {
        var news = new ConcurrentLinkedQueue<dev.ichor.boot.BootEvent>();
        log.listen(news::add);
        Doctor doctor = new Doctor();
        Instant end = FleetRun.CLOCK.instant().plus(PATIENCE);
        Map<Mac, Cause> open = new HashMap<>(expected);
        while (!open.isEmpty() && FleetRun.CLOCK.instant().isBefore(end)) {
            doctor.hear(drain(news));
            for (Finding f : doctor.findings(Set.copyOf(expected.keySet()), clock.instant())) {
                Mac mac = f.mac();
                if (mac != null && open.get(mac) == f.cause()) {
                    last.put(mac, f);
                    open.remove(mac);
                } else if (mac != null && open.containsKey(mac)) {
                    last.put(mac, f);
                }
            }
            Thread.sleep(50);
        }
    }

    private static List<dev.ichor.boot.BootEvent> drain(
            ConcurrentLinkedQueue<dev.ichor.boot.BootEvent> news) {
        var all = new ArrayList<dev.ichor.boot.BootEvent>();
        for (var e = news.poll(); e != null; e = news.poll()) {
            all.add(e);
        }
        return all;
    }

    private static InstantSource faster(double haste) {
        Instant start = FleetRun.CLOCK.instant();
        return () ->
                start.plusMillis(
                        (long)
                                (Duration.between(start, FleetRun.CLOCK.instant()).toMillis()
                                        * haste));
    }
}
