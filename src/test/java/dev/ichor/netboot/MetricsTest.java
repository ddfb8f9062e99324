package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.time.Instant;
import java.util.List;
import java.util.Optional;

class MetricsTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac STRANGER = Mac.of("02:00:00:00:00:01");
    private static final Ip4 IP = Ip4.of("10.0.0.9");

    @Test
    void prometheus_reads_what_happened() {
        Metrics metrics =
                new Metrics(mac -> mac.equals(NODE) ? Optional.of("cp-\"1\"") : Optional.empty());
        List.of(
                        new BootEvent.ServiceUp(T, "http", "10.0.0.1:8080"),
                        new BootEvent.ServiceUp(T, "tftp", "10.0.0.1:69"),
                        new BootEvent.ServiceDown(T, "tftp", "The port is taken."),
                        new BootEvent.GateChanged(T, true),
                        heard(NODE),
                        heard(STRANGER),
                        done("TFTP", Payload.LOADER, "undionly.kpxe", 70_000),
                        done("HTTP", Payload.SCRIPT, "/ipxe", 500),
                        done("HTTP", Payload.KERNEL, "/assets/vmlinuz", 20_000_000),
                        new BootEvent.TransferFailed(
                                T, NODE, IP, "HTTP", Payload.INITRAMFS, "/assets/initrd", "Gone."),
                        new BootEvent.ConfigRefused(T, NODE, IP, "No."),
                        new BootEvent.Approved(T, NODE),
                        new BootEvent.ConfigServed(T, NODE, IP),
                        new BootEvent.Stray(T, "10.0.0.7", "Nonsense."))
                .forEach(metrics::count);
        assertThat(metrics.text())
                .isEqualTo(
                        """
                        # HELP ichor_machines Machines by the stage they are in.
                        # TYPE ichor_machines gauge
                        ichor_machines{stage="waiting"} 0
                        ichor_machines{stage="discovered"} 1
                        ichor_machines{stage="offered"} 0
                        ichor_machines{stage="loader"} 0
                        ichor_machines{stage="script"} 0
                        ichor_machines{stage="kernel"} 0
                        ichor_machines{stage="initramfs"} 0
                        ichor_machines{stage="config_asked"} 0
                        ichor_machines{stage="approved"} 0
                        ichor_machines{stage="config"} 1
                        ichor_machines{stage="installing"} 0
                        ichor_machines{stage="rebooting"} 0
                        ichor_machines{stage="talos_api"} 0
                        ichor_machines{stage="etcd"} 0
                        ichor_machines{stage="ready"} 0
                        # HELP ichor_machine_stage 1 for the stage that a machine is in.
                        # TYPE ichor_machine_stage gauge
                        ichor_machine_stage{mac="4c:52:62:08:a3:ce",host="cp-\\"1\\"",stage="config"} 1
                        # HELP ichor_service_up 1 for a service of the boot server that works, else 0.
                        # TYPE ichor_service_up gauge
                        ichor_service_up{service="http"} 1
                        ichor_service_up{service="tftp"} 0
                        # HELP ichor_gate_armed 1 while configs may leave, else 0.
                        # TYPE ichor_gate_armed gauge
                        ichor_gate_armed 1
                        # HELP ichor_requests_total Packets and requests of machines.
                        # TYPE ichor_requests_total counter
                        ichor_requests_total{protocol="dhcp"} 2
                        ichor_requests_total{protocol="http"} 5
                        ichor_requests_total{protocol="tftp"} 1
                        # HELP ichor_sent_bytes_total Bytes of complete transfers.
                        # TYPE ichor_sent_bytes_total counter
                        ichor_sent_bytes_total{protocol="http"} 20000500
                        ichor_sent_bytes_total{protocol="tftp"} 70000
                        # HELP ichor_transfers_total Complete transfers.
                        # TYPE ichor_transfers_total counter
                        ichor_transfers_total{protocol="http"} 2
                        ichor_transfers_total{protocol="tftp"} 1
                        # HELP ichor_transfer_failures_total Transfers that did not complete.
                        # TYPE ichor_transfer_failures_total counter
                        ichor_transfer_failures_total{protocol="http"} 1
                        # HELP ichor_approvals_total Machines the owner approved.
                        # TYPE ichor_approvals_total counter
                        ichor_approvals_total 1
                        # HELP ichor_configs_total Configs that were handed out in full.
                        # TYPE ichor_configs_total counter
                        ichor_configs_total 1
                        # HELP ichor_config_refusals_total Configs that were asked for and not handed out.
                        # TYPE ichor_config_refusals_total counter
                        ichor_config_refusals_total 1
                        # HELP ichor_strays_total Packets and requests that made no sense.
                        # TYPE ichor_strays_total counter
                        ichor_strays_total 1
                        """);
    }

    private static BootEvent heard(Mac mac) {
        return new BootEvent.Heard(T, mac, true, false, Firmware.BIOS, "", 42);
    }

    private static BootEvent done(String protocol, Payload kind, String file, long bytes) {
        return new BootEvent.TransferDone(T, NODE, IP, protocol, kind, file, bytes, 10);
    }
}
