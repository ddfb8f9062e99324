package dev.ichor.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;

/// Rules by what tells two causes apart that look alike.
class RulesTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 IP = Ip4.of("192.168.1.51");
    private static final Instant T = Instant.parse("2026-11-22T20:00:00Z");

    private final List<BootEvent> events = new ArrayList<>();

    private static Instant at(int seconds) {
        return T.plusSeconds(seconds);
    }

    private void firmware(int s, Firmware firmware) {
        events.add(new BootEvent.Heard(at(s), MAC, true, false, firmware, "", s));
        events.add(new BootEvent.Offered(at(s), MAC, "loader"));
        events.add(new BootEvent.Leased(at(s), MAC, IP));
    }

    private void ipxe(int s) {
        events.add(new BootEvent.Heard(at(s), MAC, true, true, Firmware.UEFI_X64, "", s));
    }

    private void got(int s, Payload kind, String file) {
        String protocol = kind == Payload.LOADER ? "TFTP" : "HTTP";
        events.add(new BootEvent.TransferDone(at(s), MAC, IP, protocol, kind, file, 1000, 10));
    }

    private void kernel(int s) {
        got(s, Payload.KERNEL, "vmlinuz-amd64");
        got(s + 5, Payload.INITRAMFS, "initramfs-amd64.xz");
    }

    private String text(int seconds) {
        List<Finding> all = Diagnosis.of(events, List.of(MAC), at(seconds));
        return all.isEmpty() ? "" : all.getFirst().cause() + ": " + all.getFirst().what();
    }

    @Test
    void uefi_that_fetches_the_loader_twice_and_never_starts_it_has_secure_boot_on() {
        firmware(0, Firmware.UEFI_X64);
        got(1, Payload.LOADER, "snponly.efi");
        firmware(4, Firmware.UEFI_X64);
        assertThat(text(5)).isEmpty();
        got(6, Payload.LOADER, "snponly.efi");
        assertThat(text(7))
                .isEqualTo("SECURE_BOOT: Its firmware refuses the boot loader: Secure Boot is on.");
    }

    @Test
    void uefi_that_tries_http_after_tftp_in_vain_has_secure_boot_on() {
        firmware(0, Firmware.UEFI_X64);
        got(1, Payload.LOADER, "snponly.efi");
        firmware(65, Firmware.UEFI_X64);
        String file = "/nbp/ipxe.efi";
        events.add(new BootEvent.TransferStarted(at(69), MAC, IP, "HTTP", Payload.LOADER, file, 9));
        events.add(new BootEvent.TransferDone(at(69), MAC, IP, "HTTP", Payload.LOADER, file, 9, 1));
        assertThat(text(70))
                .isEqualTo("SECURE_BOOT: Its firmware refuses the boot loader: Secure Boot is on.");
    }

    @Test
    void ipxe_between_two_loads_is_a_loop_and_not_secure_boot() {
        for (int s = 0; s < 27; s += 9) {
            firmware(s, Firmware.UEFI_X64);
            got(s + 1, Payload.LOADER, "snponly.efi");
            ipxe(s + 3);
        }
        assertThat(text(25)).isEqualTo("LOADER_LOOP: It loads the boot loader again and again.");
    }

    @Test
    void a_machine_that_was_given_a_script_each_time_does_not_loop() {
        for (int s = 0; s < 27; s += 9) {
            firmware(s, Firmware.BIOS);
            got(s + 1, Payload.LOADER, "undionly.kpxe");
            events.add(new BootEvent.ScriptGiven(at(s + 3), MAC, "network"));
        }
        assertThat(text(26)).isEmpty();
    }

    @Test
    void a_late_first_packet_of_ipxe_means_spanning_tree() {
        firmware(0, Firmware.BIOS);
        got(1, Payload.LOADER, "undionly.kpxe");
        ipxe(31);
        assertThat(text(32))
                .isEqualTo(
                        "SPANNING_TREE: Its switch port lets nothing through for half a minute"
                                + " after each start.");
        got(35, Payload.SCRIPT, "/boot.ipxe");
        assertThat(text(36)).isEmpty();
    }

    @Test
    void who_took_the_offer_at_the_third_time_asks_on_port_4011() {
        for (int s : new int[] {0, 4, 12}) {
            events.add(new BootEvent.Heard(at(s), MAC, true, false, Firmware.UEFI_X64, "", 7));
            events.add(new BootEvent.Offered(at(s), MAC, "snponly.efi"));
        }
        events.add(new BootEvent.Heard(at(13), MAC, true, false, Firmware.UEFI_X64, "", 7));
        events.add(new BootEvent.Leased(at(14), MAC, IP));
        assertThat(text(35)).isEmpty();
        assertThat(text(36))
                .isEqualTo(
                        "PORT_4011: It has an address, and its question for a boot loader does not"
                                + " arrive here.");
    }

    @Test
    void a_32_bit_uefi_is_told_at_its_first_packet() {
        events.add(new BootEvent.Heard(at(0), MAC, true, false, Firmware.UEFI_X86, "", 1));
        assertThat(text(1))
                .isEqualTo("WRONG_FIRMWARE: Its firmware is a 32-bit UEFI, and Talos is 64 bit.");
    }

    @Test
    void a_disk_that_does_not_start_shows_by_the_machine_coming_back_twice() {
        firmware(0, Firmware.UEFI_X64);
        events.add(new BootEvent.ScriptGiven(at(5), MAC, "disk"));
        firmware(60, Firmware.UEFI_X64);
        events.add(new BootEvent.ScriptGiven(at(65), MAC, "disk"));
        assertThat(text(66)).isEmpty();
        firmware(120, Firmware.UEFI_X64);
        assertThat(text(121))
                .isEqualTo("DISK_DEAD: It was sent to its disk and comes back to the network.");
    }

    @Test
    void a_machine_of_an_older_cluster_is_offered_the_wipe() {
        events.add(new BootEvent.ForeignCluster(at(5), MAC, IP, "print"));
        assertThat(text(6))
                .isEqualTo("FOREIGN_CLUSTER: It still belongs to an older Talos cluster.");
        assertThat(Diagnosis.of(events, List.of(MAC), at(6)).getFirst().remedy())
                .isEqualTo(Remedy.WIPE);
        kernel(60);
        assertThat(text(61)).isEmpty();
    }

    @Test
    void silence_after_the_kernel_on_bios_is_told_after_90_seconds() {
        firmware(0, Firmware.BIOS);
        kernel(5);
        assertThat(text(101)).isEmpty();
        assertThat(text(102)).isEqualTo("NO_CONFIG_ASKED: It has Talos and does not speak.");
    }

    @Test
    void a_kernel_log_without_a_request_for_the_config_is_told_after_a_minute() {
        firmware(0, Firmware.UEFI_X64);
        kernel(5);
        events.add(new BootEvent.NodeSaid(at(20), MAC, null, "waiting for network"));
        events.add(new BootEvent.NodeSaid(at(79), MAC, null, "still waiting"));
        assertThat(text(81)).isEmpty();
        assertThat(text(82))
                .isEqualTo("NO_CONFIG_ASKED: Talos runs and does not ask for its config.");
        events.add(new BootEvent.ConfigAsked(at(83), MAC, IP));
        assertThat(text(84)).isEmpty();
    }

    @Test
    void what_talos_itself_complains_of_is_shown_until_it_answers() {
        events.add(new BootEvent.NodeTrouble(at(5), MAC, "The disk /dev/sda is not there."));
        assertThat(text(6)).isEqualTo("NODE_TROUBLE: Its Talos does not get on.");
        events.add(new BootEvent.ApiAnswered(at(9), MAC, "v1.13.9"));
        assertThat(text(10)).isEmpty();
    }

    @Test
    void asking_for_the_size_and_breaking_off_is_no_trouble() {
        firmware(0, Firmware.UEFI_X64);
        got(2, Payload.LOADER, "snponly.efi");
        ipxe(4);
        got(6, Payload.SCRIPT, "/boot.ipxe");
        assertThat(text(7)).isEmpty();
    }

    private void other(int s, String server, String file) {
        events.add(new BootEvent.OtherServer(at(s), Ip4.of(server), file));
    }

    private List<String> all(int seconds) {
        List<BootEvent> soFar = events.stream().filter(e -> !e.at().isAfter(at(seconds))).toList();
        return Diagnosis.of(soFar, List.of(MAC), at(seconds)).stream()
                .filter(f -> f.mac() != null)
                .map(f -> f.cause() + ": " + f.what())
                .toList();
    }

    @Test
    void a_file_for_another_firmware_is_named_when_the_machine_obeys_the_other_server() {
        firmware(0, Firmware.BIOS);
        other(1, "192.168.1.1", "boot/snponly.efi");
        assertThat(all(7)).isEmpty();
        assertThat(all(8))
                .containsExactly(
                        "WRONG_FILE: It is told to load a file that its firmware cannot start.");
        got(9, Payload.LOADER, "undionly.kpxe");
        assertThat(all(10)).isEmpty();
    }

    @Test
    void a_file_that_fits_or_may_fit_any_firmware_is_not_the_wrong_one() {
        firmware(0, Firmware.BIOS);
        other(1, "192.168.1.1", "undionly.kpxe");
        other(1, "192.168.1.2", "pxeboot");
        assertThat(all(8)).isEmpty();
        other(2, "192.168.1.3", "ipxe-arm64.efi");
        assertThat(all(8)).hasSize(1);
    }

    @Test
    void ipxe_that_takes_an_address_three_times_and_fetches_nothing_loads_itself_elsewhere() {
        for (int s = 0; s < 60; s += 20) {
            ipxe(s);
            ipxe(s + 1); // the same packet once more
            events.add(new BootEvent.Leased(at(s + 2), MAC, IP));
        }
        assertThat(all(41)).isEmpty();
        assertThat(all(43))
                .containsExactly("LOADER_LOOP: It loads iPXE again and again from another server.");
        got(44, Payload.SCRIPT, "/boot.ipxe");
        assertThat(all(45)).isEmpty();
    }

    private void failed(int s, Payload kind, String file, String reason) {
        String protocol = kind == Payload.LOADER ? "TFTP" : "HTTP";
        events.add(new BootEvent.TransferFailed(at(s), MAC, IP, protocol, kind, file, reason));
    }

    @Test
    void a_lost_last_acknowledgement_is_no_blocked_port() {
        firmware(0, Firmware.UEFI_X64);
        events.add(
                new BootEvent.TransferStarted(
                        at(1), MAC, IP, "TFTP", Payload.LOADER, "snponly.efi", 9));
        failed(8, Payload.LOADER, "snponly.efi", "The machine stopped answering.");
        assertThat(all(24)).isEmpty();
        assertThat(all(25)).containsExactly("TFTP_BLOCKED: Our TFTP answers do not reach it.");
        ipxe(26);
        assertThat(all(27)).isEmpty();
    }

    private void oldProcessor() {
        events.add(
                new BootEvent.Inspected(at(1), MAC, new Hardware("", "", "", Hardware.Cpu.V1, 0)));
    }

    private void littleMemory() {
        events.add(
                new BootEvent.Inspected(
                        at(1), MAC, new Hardware("", "", "", Hardware.Cpu.UNKNOWN, 512)));
    }

    private void said(int s, String line) {
        events.add(new BootEvent.NodeSaid(at(s), MAC, null, line));
    }

    private void missing() {
        failed(2, Payload.KERNEL, "vmlinuz", "There is nothing for it in the served folder.");
    }

    private void cut() {
        failed(2, Payload.INITRAMFS, "initramfs", "The connection ended after 5 bytes.");
    }

    private void blocked() {
        failed(2, Payload.LOADER, "snponly.efi", "The machine stopped answering.");
    }

    private void unknown() {
        failed(2, Payload.LOADER, "old.0", "It is not there.");
    }

    private void held() {
        events.add(new BootEvent.Held(at(3), MAC, IP, "Two computers show this MAC."));
    }

    private void foreign() {
        events.add(new BootEvent.ForeignCluster(at(3), MAC, IP, "print"));
    }

    private void twice() {
        for (int s = 0; s < 2; s++) {
            events.add(new BootEvent.ScriptGiven(at(s), MAC, "disk"));
        }
        firmware(4, Firmware.BIOS);
    }

    private record Fault(Cause cause, Consumer<RulesTest> happens) {}

    /// What can be seen of a machine in one boot, whatever else is wrong with it.
    private static final List<Fault> FAULTS =
            List.of(
                    new Fault(Cause.OLD_PROCESSOR, RulesTest::oldProcessor),
                    new Fault(Cause.LITTLE_MEMORY, RulesTest::littleMemory),
                    new Fault(Cause.FOREIGN_CLUSTER, RulesTest::foreign),
                    new Fault(Cause.TFTP_BLOCKED, RulesTest::blocked),
                    new Fault(Cause.UNKNOWN_FILE, RulesTest::unknown),
                    new Fault(Cause.DISK_DEAD, RulesTest::twice),
                    new Fault(Cause.FILE_MISSING, RulesTest::missing),
                    new Fault(Cause.DOWNLOAD_CUT, RulesTest::cut),
                    new Fault(Cause.CONFIG_REJECTED, t -> t.said(5, "config validation failed")),
                    new Fault(Cause.IMAGE_PULL, t -> t.said(6, "failed to pull image")),
                    new Fault(Cause.HALTED, t -> t.said(7, "halt_if_installed is set")),
                    new Fault(Cause.HELD, RulesTest::held));

    /// Those of which only the last is looked at, or the later one shows that the first is gone.
    private static final Set<Set<Cause>> EITHER =
            Set.of(
                    Set.of(Cause.OLD_PROCESSOR, Cause.LITTLE_MEMORY),
                    Set.of(Cause.TFTP_BLOCKED, Cause.UNKNOWN_FILE),
                    Set.of(Cause.TFTP_BLOCKED, Cause.FILE_MISSING),
                    Set.of(Cause.TFTP_BLOCKED, Cause.DOWNLOAD_CUT),
                    Set.of(Cause.TFTP_BLOCKED, Cause.DISK_DEAD),
                    Set.of(Cause.UNKNOWN_FILE, Cause.FILE_MISSING),
                    Set.of(Cause.UNKNOWN_FILE, Cause.DOWNLOAD_CUT),
                    Set.of(Cause.FILE_MISSING, Cause.DOWNLOAD_CUT));

    @Test
    void of_two_faults_at_once_the_one_that_hides_the_other_is_named() {
        for (Fault a : FAULTS) {
            for (Fault b : FAULTS) {
                if (a.cause() == b.cause() || EITHER.contains(Set.of(a.cause(), b.cause()))) {
                    continue;
                }
                events.clear();
                a.happens().accept(this);
                b.happens().accept(this);
                Cause first = a.cause().compareTo(b.cause()) < 0 ? a.cause() : b.cause();
                assertThat(all(10))
                        .as(a.cause() + " and " + b.cause())
                        .singleElement()
                        .asString()
                        .startsWith(first + ": ");
            }
        }
    }

    @Test
    void a_fault_of_this_pc_or_the_network_comes_before_those_of_machines() {
        events.add(new BootEvent.ServiceDown(at(0), "tftp", "UDP port 69 is taken."));
        other(1, "192.168.1.1", "snponly.efi");
        firmware(2, Firmware.BIOS);
        assertThat(Diagnosis.of(events, List.of(MAC), at(30)))
                .extracting(Finding::cause)
                .containsExactly(Cause.SERVICE_DOWN, Cause.SECOND_SERVER, Cause.WRONG_FILE);
    }
}
