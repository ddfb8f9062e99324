package dev.ichor.diagnosis;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

class DiagnosisTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac OTHER = Mac.of("4c:52:62:0e:11:02");
    private static final Ip4 IP = Ip4.of("192.168.1.51");
    private static final Instant T = Instant.parse("2026-11-22T20:00:00Z");

    private final List<BootEvent> events = new ArrayList<>();

    DiagnosisTest() {
        events.add(new BootEvent.ServiceUp(T, "http", "192.168.1.20:8080"));
    }

    private static Instant at(int seconds) {
        return T.plusSeconds(seconds);
    }

    private void heard(int s, boolean ipxe, int xid) {
        events.add(new BootEvent.Heard(at(s), MAC, true, ipxe, Firmware.UEFI_X64, "", xid));
    }

    private void offered(int s) {
        events.add(new BootEvent.Offered(at(s), MAC, "snponly.efi"));
    }

    private void leased(int s) {
        events.add(new BootEvent.Leased(at(s), MAC, IP));
    }

    private void got(int s, Payload kind, String file) {
        String protocol = kind == Payload.LOADER ? "TFTP" : "HTTP";
        events.add(new BootEvent.TransferDone(at(s), MAC, IP, protocol, kind, file, 1000, 10));
    }

    private void failed(int s, String protocol, Payload kind, String file, String reason) {
        events.add(new BootEvent.TransferFailed(at(s), MAC, IP, protocol, kind, file, reason));
    }

    private void said(int s, String line) {
        events.add(new BootEvent.NodeSaid(at(s), MAC, null, line));
    }

    private List<Finding> after(int seconds) {
        return Diagnosis.of(events, List.of(MAC), at(seconds));
    }

    private List<Cause> causes(int seconds) {
        return after(seconds).stream().map(Finding::cause).toList();
    }

    private void boot(int s) {
        heard(s, false, s);
        offered(s);
        leased(s + 4);
        got(s + 5, Payload.LOADER, "snponly.efi");
        got(s + 8, Payload.SCRIPT, "/ipxe");
        got(s + 10, Payload.KERNEL, "vmlinuz-amd64");
        got(s + 20, Payload.INITRAMFS, "initramfs-amd64.xz");
    }

    @Test
    void a_good_boot_has_no_finding_at_any_moment() {
        boot(5);
        events.add(new BootEvent.ConfigAsked(at(60), MAC, IP));
        events.add(new BootEvent.ConfigServed(at(61), MAC, IP));
        events.add(new BootEvent.NodeSaid(at(90), MAC, Stage.INSTALLING, "installing"));
        events.add(new BootEvent.ApiAnswered(at(200), MAC, "v1.13.9"));
        events.add(new BootEvent.KubernetesNode(at(300), MAC, "futro-1", true));

        for (int now = 0; now < 3600; now++) {
            int moment = now;
            List<BootEvent> soFar =
                    events.stream().filter(e -> !e.at().isAfter(at(moment))).toList();
            assertThat(Diagnosis.of(soFar, List.of(MAC), at(moment)))
                    .as("second %d", now)
                    .isEmpty();
        }
    }

    @Test
    void waiting_for_the_owner_is_no_finding() {
        boot(5);
        for (int s = 30; s < 7200; s += 20) {
            events.add(new BootEvent.WaitingForApproval(at(s), MAC));
        }
        assertThat(after(7200)).isEmpty();
    }

    @Test
    void a_machine_that_is_never_heard_is_told_after_three_minutes() {
        assertThat(after(179)).isEmpty();
        assertThat(causes(180)).containsExactly(Cause.SILENT);
    }

    @Test
    void a_woken_machine_that_stays_silent_is_told() {
        events.add(new BootEvent.WakeSent(at(10), MAC));
        assertThat(causes(99)).isEmpty();
        assertThat(causes(100)).containsExactly(Cause.NOT_WOKEN);
    }

    @Test
    void discovers_without_a_request_mean_that_the_offer_was_refused() {
        for (int s : new int[] {0, 4, 12, 28}) {
            heard(s, false, 7);
            offered(s);
        }
        assertThat(after(35)).isEmpty();
        assertThat(after(36).getFirst().toString())
                .isEqualTo(
                        "4c:52:62:08:a3:ce: Its firmware takes neither our offer nor an address."
                                + " (4 DISCOVERs, no REQUEST) Check that the"
                                + " router gives it an address and that DHCP guarding trusts this"
                                + " PC. Some firmware refuses two offers: let the router name this"
                                + " PC instead (mode B).");
    }

    @Test
    void an_address_without_a_loader_points_at_the_router_or_the_firewall() {
        heard(0, false, 1);
        offered(0);
        leased(4);
        assertThat(causes(25)).isEmpty();
        assertThat(causes(26)).containsExactly(Cause.NO_LOADER_ASKED);
    }

    @Test
    void a_url_in_the_routers_field_is_named() {
        leased(4);
        failed(5, "TFTP", Payload.OTHER, "http://192.168.1.20/boot.ipxe", "It is not there.");
        assertThat(causes(6)).containsExactly(Cause.URL_IN_ROUTER);
    }

    @Test
    void answers_that_do_not_arrive_point_at_the_firewall() {
        leased(4);
        failed(20, "TFTP", Payload.LOADER, "snponly.efi", "The machine stopped answering.");
        assertThat(causes(21)).containsExactly(Cause.TFTP_BLOCKED);
    }

    @Test
    void three_loads_in_two_minutes_are_a_loop() {
        for (int s = 0; s < 27; s += 9) {
            leased(s);
            got(s + 1, Payload.LOADER, "undionly.kpxe");
        }
        assertThat(causes(20)).containsExactly(Cause.LOADER_LOOP);
    }

    @Test
    void a_loader_that_does_not_start_means_secure_boot_or_a_hanging_driver() {
        leased(4);
        got(5, Payload.LOADER, "snponly.efi");
        assertThat(causes(21)).isEmpty();
        assertThat(after(22))
                .singleElement()
                .satisfies(f -> {
                    assertThat(f.cause()).isEqualTo(Cause.LOADER_DEAD);
                    assertThat(f.remedy()).isEqualTo(Remedy.OTHER_LOADER);
                });
    }

    @Test
    void ipxe_without_http_points_at_port_8080_and_the_switch() {
        got(1, Payload.LOADER, "undionly.kpxe");
        heard(3, true, 2);
        leased(5);
        assertThat(causes(66)).containsExactly(Cause.NO_HTTP);
    }

    @Test
    void a_missing_kernel_and_a_cut_download_are_told_apart() {
        failed(
                5,
                "HTTP",
                Payload.KERNEL,
                "vmlinuz",
                "There is nothing for it in the served folder.");
        assertThat(causes(6)).containsExactly(Cause.FILE_MISSING);
        failed(7, "HTTP", Payload.INITRAMFS, "initramfs", "The connection ended after 5 bytes.");
        assertThat(causes(8)).containsExactly(Cause.DOWNLOAD_CUT);
        got(9, Payload.INITRAMFS, "initramfs");
        assertThat(causes(10)).isEmpty();
    }

    @Test
    void silence_after_the_initramfs_is_told_after_two_minutes() {
        boot(0);
        assertThat(causes(141)).isEmpty();
        assertThat(causes(142)).containsExactly(Cause.NO_CONFIG_ASKED);
    }

    @Test
    void lines_of_the_kernel_log_name_their_cause() {
        boot(0);
        said(30, "microarchitecture level 2 or higher is required");
        assertThat(causes(31)).containsExactly(Cause.OLD_PROCESSOR);
    }

    @Test
    void an_image_that_cannot_be_pulled_names_dns_or_the_certificate() {
        boot(0);
        said(60, "failed to pull image: dial tcp: lookup ghcr.io: no such host");
        assertThat(after(61).getFirst().what())
                .isEqualTo("It cannot find the image registry by name (DNS).");
        events.removeLast();
        said(60, "error pulling image: x509: certificate signed by unknown authority");
        assertThat(after(61).getFirst().what())
                .isEqualTo("It does not trust the certificate of the image registry.");
    }

    @Test
    void a_rejected_config_and_a_halt_are_told_with_their_line() {
        boot(0);
        said(60, "config validation failed: static hostname is already set in v1alpha1 config");
        assertThat(causes(61)).containsExactly(Cause.CONFIG_REJECTED);
        events.removeLast();
        said(60, "Talos is already installed to disk, halt_if_installed is set");
        assertThat(causes(61)).containsExactly(Cause.HALTED);
    }

    @Test
    void a_wrong_clock_is_told_after_a_minute() {
        boot(0);
        said(60, "time query error with server time.cloudflare.com");
        assertThat(causes(119)).isEmpty();
        assertThat(causes(120)).containsExactly(Cause.CLOCK);
    }

    @Test
    void a_held_machine_shows_the_reason_until_it_is_approved_anew() {
        events.add(new BootEvent.Held(at(5), MAC, IP, "Two computers show this MAC."));
        assertThat(after(6).getFirst().evidence()).isEqualTo("Two computers show this MAC.");
        events.add(new BootEvent.Approved(at(7), MAC));
        assertThat(causes(8)).isEmpty();
    }

    @Test
    void another_server_and_a_dead_service_come_first() {
        events.add(new BootEvent.OtherServer(at(1), Ip4.of("192.168.1.99"), "old.kpxe"));
        events.add(new BootEvent.ServiceDown(at(2), "tftp", "UDP port 69 is taken by Tftpd64."));
        assertThat(causes(3)).containsExactly(Cause.SERVICE_DOWN, Cause.SECOND_SERVER);
        events.add(new BootEvent.ServiceUp(at(4), "tftp", "192.168.1.20:69"));
        assertThat(causes(5)).containsExactly(Cause.SECOND_SERVER);
    }

    @Test
    void machines_with_one_uuid_are_told() {
        events.add(new BootEvent.Heard(at(1), OTHER, true, false, Firmware.BIOS, "ffff", 1));
        events.add(new BootEvent.Heard(at(2), MAC, true, false, Firmware.BIOS, "ffff", 2));
        assertThat(causes(3)).containsExactly(Cause.SHARED_UUID);
    }

    @Test
    void an_old_processor_is_told_before_anything_else() {
        events.add(
                new BootEvent.Inspected(
                        at(1), MAC, new Hardware("", "", "", Hardware.Cpu.V1, 512)));
        failed(
                2,
                "HTTP",
                Payload.KERNEL,
                "vmlinuz",
                "There is nothing for it in the served folder.");
        assertThat(causes(3)).containsExactly(Cause.OLD_PROCESSOR);
    }

    @Test
    void a_new_boot_forgets_the_old_ones_trouble() {
        boot(0);
        said(60, "Talos is already installed to disk, halt_if_installed is set");
        heard(100, false, 9);
        assertThat(causes(101)).isEmpty();
    }

    @Test
    void etcd_that_waits_for_ten_minutes_was_not_bootstrapped() {
        boot(0);
        events.add(new BootEvent.ApiAnswered(at(100), MAC, "v1.13.9"));
        events.add(new BootEvent.NodeService(at(110), MAC, "etcd", "Preparing", false));
        assertThat(causes(709)).isEmpty();
        assertThat(causes(710)).containsExactly(Cause.NOT_BOOTSTRAPPED);
    }

    @Test
    void a_config_without_a_living_api_is_told_after_five_minutes() {
        boot(0);
        events.add(new BootEvent.ConfigServed(at(60), MAC, IP));
        assertThat(causes(360)).containsExactly(Cause.API_SILENT);
    }

    @Test
    void a_doctor_who_hears_bit_by_bit_finds_the_same() {
        boot(5);
        heard(100, false, 100);
        offered(100);
        leased(104);
        failed(106, "TFTP", Payload.LOADER, "http://x/boot.ipxe", "not there");
        events.add(new BootEvent.OtherServer(at(107), Ip4.of("192.168.1.99"), "old.kpxe"));
        Doctor doctor = new Doctor();
        for (BootEvent e : events) {
            doctor.hear(List.of(e));
            assertThat(doctor.findings(List.of(MAC), e.at()))
                    .isEqualTo(
                            Diagnosis.of(
                                    events.subList(0, events.indexOf(e) + 1),
                                    List.of(MAC),
                                    e.at()));
        }
        assertThat(causes(108)).containsExactly(Cause.SECOND_SERVER, Cause.URL_IN_ROUTER);
    }

    @Test
    void a_router_that_names_this_pc_is_no_second_server() {
        events.add(new BootEvent.OtherServer(at(1), Ip4.of("192.168.1.1"), "old.kpxe"));
        assertThat(causes(2)).containsExactly(Cause.SECOND_SERVER);
        events.add(new BootEvent.OtherServer(at(3), Ip4.of("192.168.1.1"), ""));
        assertThat(causes(4)).isEmpty();
    }
}
