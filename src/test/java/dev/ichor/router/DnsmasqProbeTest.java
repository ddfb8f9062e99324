package dev.ichor.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.Wire;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.RouterReport;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;
import java.util.List;
import java.util.SplittableRandom;

/// What a real router's DHCP server says, in the cases of a home.
class DnsmasqProbeTest {
    @TempDir Path folder;

    @Test
    void says_nothing_about_network_boot() throws Exception {
        try (var dnsmasq = new Dnsmasq(folder)) {
            RouterReport report = probe(dnsmasq);

            assertThat(report.answers())
                    .isNotEmpty()
                    .allMatch(a -> a.server().equals(dnsmasq.router()) && a.file().isEmpty())
                    .allMatch(a -> dnsmasq.adapter().subnet().contains(a.offered()));
            assertThat(report.advised()).isEqualTo(BootMode.PROXY);
            assertThat(report.good()).isTrue();
        }
    }

    @Test
    void names_this_pc() throws Exception {
        try (var dnsmasq = new Dnsmasq(folder, "--dhcp-boot=pxeboot,,PC")) {
            RouterReport report = probe(dnsmasq);

            assertThat(report.verdict())
                    .isEqualTo("The router sends machines to this PC (file pxeboot).");
            assertThat(report.good()).isTrue();
        }
    }

    @Test
    void names_another_server() throws Exception {
        try (var dnsmasq = new Dnsmasq(folder, "--dhcp-boot=old.kpxe,,192.168.77.99")) {
            assertThat(probe(dnsmasq).verdict())
                    .startsWith("The router already names another boot server, 192.168.77.99");
        }
    }

    @Test
    void names_this_pc_in_options_66_and_67_only() throws Exception {
        try (var dnsmasq = new Dnsmasq(folder, "--dhcp-option=66,PC", "--dhcp-option=67,pxeboot")) {
            assertThat(probe(dnsmasq).verdict())
                    .startsWith("The router names this PC in options 66 and 67 only");
        }
    }

    private static RouterReport probe(Dnsmasq dnsmasq) throws Exception {
        return RouterProbe.probe(dnsmasq.adapter(), Wire.REAL, List.of(), new SplittableRandom(1));
    }
}
