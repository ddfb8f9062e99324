package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Subnet;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.time.Instant;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.SplittableRandom;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

/// On a real switch: beside a real router, and alone with a real DHCP client.
@Timeout(300)
class DhcpNetworkTest {
    private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir Path folder;

    private final BootLog log = new BootLog();
    private final AtomicReference<Instant> now = new AtomicReference<>(T);
    private Switch lan;

    @BeforeEach
    void build() throws Exception {
        lan = new Switch();
    }

    @AfterEach
    void takeDown() throws Exception {
        if (lan != null) {
            lan.close();
        }
    }

    @Test
    void beside_a_router_firmware_hears_both_and_others_the_router_only() throws Exception {
        lan.plugInRouter(folder);
        try (BootServer server = serve(DhcpRole.PROXY)) {
            String java = Path.of(System.getProperty("java.home"), "bin", "java").toString();
            String firmware = AskAsFirmware.class.getName();
            String classes = System.getProperty("java.class.path");
            assertThat(
                            lan.onClient(
                                    java,
                                    "-cp",
                                    classes,
                                    firmware,
                                    lan.clientMac().toString(),
                                    "2"))
                    .isEqualTo(
                            lan.router() + " address \n" + lan.pc() + " no address snponly.efi\n");
            assertThat(udhcpc()).contains("bound from " + lan.router());
            assertThat(server.ports().dhcp()).isEqualTo(67);
        }
    }

    @Test
    void alone_it_gives_a_real_client_its_address() throws Exception {
        try (BootServer server = serve(lease())) {
            assertThat(udhcpc())
                    .contains("bound from " + lan.pc() + ": ")
                    .contains(" 255.255.255.0 43200 router=");
            assertThat(udhcpc()).as("it asks again and keeps it").isEqualTo(udhcpc());
            assertThat(server.ports().pxe()).isEqualTo(4011);
        }
    }

    @Test
    void a_router_that_is_plugged_in_later_ends_it() throws Exception {
        BlockingQueue<BootEvent.ServiceDown> down = new LinkedBlockingQueue<>();
        log.listen(e -> {
            if (e instanceof BootEvent.ServiceDown d && d.service().equals("lease")) {
                down.add(d);
            }
        });
        try (BootServer server = serve(lease())) {
            assertThat(udhcpc()).contains("bound from " + lan.pc());
            lan.plugInRouter(folder);
            BootEvent.ServiceDown end = null;
            for (int i = 1; end == null && i <= 20; i++) {
                now.set(T.plusSeconds(30L * i));
                end = down.poll(5, TimeUnit.SECONDS);
            }
            assertThat(Objects.requireNonNull(end, "no ServiceDown").reason())
                    .startsWith("Another DHCP server, " + lan.router() + ", is on this network.");
            assertThat(udhcpc()).contains("bound from " + lan.router());
            assertThat(server.ports().dhcp()).isEqualTo(67);
        }
    }

    private String udhcpc() throws Exception {
        Path script = folder.resolve("said");
        Files.writeString(
                script,
                "#!/bin/sh\n[ \"$1\" = bound ] && echo \"bound from $serverid: $ip $subnet $lease"
                        + " router=$router\"\nexit 0\n");
        Files.setPosixFilePermissions(script, PosixFilePermissions.fromString("rwxr-xr-x"));
        String all =
                lan.onClient(
                        Switch.BUSYBOX.toString(),
                        "udhcpc",
                        "-f",
                        "-q",
                        "-n",
                        "-t",
                        "10",
                        "-i",
                        "eth0",
                        "-s",
                        script.toString());
        return all.lines().filter(l -> l.startsWith("bound")).findFirst().orElse(all);
    }

    private DhcpRole lease() {
        return new DhcpRole.Lease(
                new Subnet(lan.pc(), 24),
                Notebook.NONE,
                Map::of,
                List.of(),
                new SplittableRandom(1));
    }

    private BootServer serve(DhcpRole role) throws IOException {
        Wire wire = new Wire(67, 68, 4011, 0, 0, 0, Wire.REAL.everyone());
        Setup setup = new Setup(lan.pc(), wire, role, now::get, lan.clientMac()::equals);
        Loaders loaders =
                new Loaders(
                        List.of(
                                new Loaders.Loader(
                                        Firmware.UEFI_X64,
                                        "snponly.efi",
                                        folder.resolve("snponly.efi"),
                                        "")));
        Gate gate =
                new Gate(
                        Rules.folder(Approval.ASK),
                        (Ip4 ip) -> Optional.empty(),
                        mac -> Optional.empty(),
                        log,
                        now::get);
        return BootServer.start(setup, BootTree.of(Map.of()), loaders, gate, log);
    }
}
