package dev.ichor.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;
import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// Machines that boot slowly, lose packets and wait for their owner, and have nothing wrong.
class GoodBootsTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 IP = Ip4.of("192.168.1.51");
    private static final Instant T = Instant.parse("2026-11-22T20:00:00Z");
    private static final int LOST = 20; // one in so many

    /// One boot, told second by second.
    private static final class Boot {
        private final List<BootEvent> events = new ArrayList<>();
        private final Gen gen;
        private Firmware firmware;
        private int now;

        Boot(Gen gen) {
            this.gen = gen;
            this.firmware = gen.oneIn(2) ? Firmware.BIOS : Firmware.UEFI_X64;
            events.add(new BootEvent.ServiceUp(T, "http", "192.168.1.20:8080"));
        }

        private Instant later(int most) {
            now += gen.between(0, most);
            return T.plusSeconds(now);
        }

        /// Firmware and iPXE repeat after 4, 8 and 16 s what was lost.
        private void dhcp(boolean ipxe) {
            int xid = gen.any();
            for (int wait = 4; ; wait *= 2) {
                Instant at = T.plusSeconds(now);
                events.add(new BootEvent.Heard(at, MAC, true, ipxe, firmware, "", xid));
                if (!gen.oneIn(LOST) || wait > 8) {
                    events.add(new BootEvent.Offered(at, MAC, "loader"));
                    break;
                }
                now += wait;
            }
            events.add(new BootEvent.Leased(later(4), MAC, IP));
        }

        private void got(int most, Payload kind, String protocol) {
            events.add(
                    new BootEvent.TransferDone(
                            later(most), MAC, IP, protocol, kind, "file", 1_000, 10));
        }

        /// A lost request is repeated after 4 s; the last acknowledgement may get lost as well: the
        /// machine has everything, and our server waits for nothing.
        private void loader() {
            if (gen.oneIn(LOST)) {
                now += 4;
            }
            events.add(
                    new BootEvent.TransferStarted(
                            later(10), MAC, IP, "TFTP", Payload.LOADER, "file", 1_000));
            if (gen.oneIn(LOST)) {
                now += 6;
                events.add(
                        new BootEvent.TransferFailed(
                                T.plusSeconds(now),
                                MAC,
                                IP,
                                "TFTP",
                                Payload.LOADER,
                                "file",
                                "The machine stopped answering."));
            } else {
                got(6, Payload.LOADER, "TFTP");
            }
        }

        /// Its iPXE needs so many seconds to speak, and Talos ten times as long.
        List<BootEvent> slow(int seconds) {
            dhcp(false);
            got(5, Payload.LOADER, "TFTP");
            now += seconds;
            dhcp(true);
            got(10, Payload.SCRIPT, "HTTP");
            got(20, Payload.KERNEL, "HTTP");
            got(20, Payload.INITRAMFS, "HTTP");
            now += 10 * seconds;
            events.add(new BootEvent.ConfigAsked(T.plusSeconds(now), MAC, IP));
            events.add(new BootEvent.ConfigServed(later(5), MAC, IP));
            events.add(new BootEvent.ApiAnswered(later(60), MAC, "v1.13.9"));
            return events;
        }

        List<BootEvent> run() {
            now += gen.between(0, 60);
            dhcp(false);
            loader();
            now += gen.between(1, 12);
            dhcp(true);
            got(50, Payload.SCRIPT, "HTTP");
            got(60, Payload.KERNEL, "HTTP");
            got(60, Payload.INITRAMFS, "HTTP");
            events.add(new BootEvent.ConfigAsked(later(60), MAC, IP));
            for (int i = gen.between(0, 90); i > 0; i--) {
                now += 20;
                events.add(new BootEvent.WaitingForApproval(T.plusSeconds(now), MAC));
            }
            events.add(new BootEvent.Approved(later(20), MAC));
            events.add(new BootEvent.ConfigServed(later(20), MAC, IP));
            events.add(new BootEvent.NodeSaid(later(60), MAC, Stage.INSTALLING, "installing"));
            events.add(new BootEvent.ApiAnswered(later(60), MAC, "v1.13.9"));
            events.add(new BootEvent.NodeService(later(60), MAC, "etcd", "Preparing", false));
            events.add(new BootEvent.Bootstrapped(later(60), MAC));
            events.add(new BootEvent.KubernetesNode(later(60), MAC, "node-1", true));
            return events;
        }
    }

    @Test
    void a_good_boot_has_no_finding_in_any_second() {
        Gen.check(Gen.often(60, 1_000), gen -> silent(new Boot(gen).run(), new Doctor()));
    }

    private static void silent(List<BootEvent> events, Doctor doctor) {
        int next = 0;
        Instant end = events.getLast().at().plusSeconds(5);
        for (Instant at = T; at.isBefore(end); at = at.plusSeconds(1)) {
            List<BootEvent> news = new ArrayList<>();
            while (next < events.size() && !events.get(next).at().isAfter(at)) {
                news.add(events.get(next++));
            }
            doctor.hear(news);
            assertThat(doctor.findings(List.of(MAC), at)).as("%s", at).isEmpty();
        }
    }

    /// Slower than any limit, and good: told the first time, and never again.
    @Test
    void a_machine_that_is_slow_each_time_has_no_finding_from_its_second_boot_on() {
        Gen.check(
                Gen.often(20, 1_000),
                gen -> {
                    List<BootEvent> first = new Boot(gen).slow(gen.between(20, 60));
                    Patience learnt = Patience.USUAL.after(first);
                    Boot again = new Boot(gen);
                    again.firmware = Firmware.BIOS; // whose limits are shorter
                    silent(again.slow(20), new Doctor(Map.of(MAC, learnt)));
                });
    }
}
