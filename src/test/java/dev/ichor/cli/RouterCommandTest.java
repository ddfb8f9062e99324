package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.router.FakeConsole;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class RouterCommandTest {
    private static final String SET =
            """
            Fixed address of futro-1 (4c:52:62:08:a3:ce): none → 192.168.1.51
            Network boot of Default: off → server 192.168.1.10, file pxeboot
            """;

    @TempDir private Path dir;
    private FakeConsole fake;

    @BeforeEach
    void start() throws Exception {
        fake = FakeConsole.start();
        Files.writeString(
                dir.resolve("cluster.json"),
                """
                {"version": 1, "clusterName": "lab", "adapter": "eth0", "mode": "ROUTER_TO_PC",
                 "wishes": {"4c:52:62:08:a3:ce": {"role": "WORKER", "hostname": "futro-1",
                   "disk": "/dev/sda", "address": {"address": "192.168.1.51", "prefix": 24,
                     "gateway": "192.168.1.1"}}}}
                """);
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private String router(String action, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("router", dir.toString(), action));
        args.addAll(List.of("--unifi", "localhost", "--port", "" + fake.port(), "--yes"));
        args.addAll(List.of("--accept-certificate", fake.fingerprint()));
        args.addAll(List.of(more));
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said);
        boolean user = args.contains("--user");
        HomeWorld home =
                new HomeWorld(
                        Map.of("ICHOR_ROUTER_KEY", user ? FakeConsole.PASSWORD : FakeConsole.KEY));
        Cli.run(args.toArray(String[]::new), home, to, to);
        return said.toString();
    }

    private String remembered() throws Exception {
        return Files.readString(dir.resolve("router.json"));
    }

    @Test
    void sets_reads_again_and_puts_back() throws Exception {
        assertThat(router("set")).isEqualTo(SET + "Written, and read back.\n");
        assertThat(fake.network().path("dhcpd_boot_filename").asString()).isEqualTo("pxeboot");
        assertThat(router("set")).isEqualTo("Nothing is to be changed.\n");

        assertThat(router("undo"))
                .isEqualTo(
                        """
                        Network boot of Default: server 192.168.1.10, file pxeboot → off
                        Fixed address of futro-1 (4c:52:62:08:a3:ce): 192.168.1.51 → none
                        Written, and read back.
                        """);
        assertThat(fake.network().path("dhcpd_boot_enabled").asBoolean()).isFalse();
        assertThat(fake.written).last().asString().doesNotContain("\"dhcpd_boot_filename\":\"\"");
        assertThat(router("undo")).isEqualTo("Nothing is to be changed.\n");
        assertThat(remembered()).doesNotContain(FakeConsole.KEY);
    }

    @Test
    void a_csrf_token_that_ran_out_is_renewed_without_a_word() throws Exception {
        fake.expireAfter = 3;
        assertThat(router("set", "--user", FakeConsole.USER))
                .isEqualTo(SET + "Written, and read back.\n");
        assertThat(fake.asked).filteredOn(a -> a.endsWith("login")).hasSizeGreaterThan(1);
    }

    @Test
    void a_router_that_asks_for_time_gets_it() throws Exception {
        MockResponse wait =
                new MockResponse.Builder().code(429).addHeader("Retry-After", "0").build();
        fake.trouble.add(wait);
        fake.trouble.add(wait);
        assertThat(router("set")).isEqualTo(SET + "Written, and read back.\n");
    }

    @ParameterizedTest
    @CsvSource(
            delimiter = '|',
            value = {
                "api.err.InvalidPayload | It does not take the boot server or the file name.",
                "api.err.DuplicateFixedIP | Another machine has that fixed address already.",
                "api.err.MacUsed | It knows that machine under another entry already.",
                "api.err.MissingIPAddress | DHCP guarding is on, but no trusted server is named."
            })
    void what_the_router_rejects_is_told_and_the_old_values_are_kept(String error, String why)
            throws Exception {
        fake.rejecting = error;
        assertThat(router("set"))
                .startsWith(SET + "The router at localhost rejected the change. " + why);
        assertThat(remembered()).contains("\"kind\" : \"fixed-address\"", "network-boot");

        fake.rejecting = "";
        assertThat(router("undo")).endsWith("Written, and read back.\n");
        assertThat(fake.network().path("dhcpd_boot_enabled").asBoolean()).isFalse();
    }

    @Test
    void an_address_that_another_machine_has_is_refused_by_the_router_itself() throws Exception {
        fake.users().addObject().put("mac", "00:00:00:00:00:01").put("fixed_ip", "192.168.1.51");
        assertThat(router("set")).contains("Another machine has that fixed address already.");
    }

    @Test
    void a_guarded_network_gets_its_first_trusted_server_with_every_write() throws Exception {
        fake.network().put("dhcpguard_enabled", true).put("dhcpd_ip_1", "192.168.1.1");
        assertThat(router("set")).isEqualTo(SET + "Written, and read back.\n");
        assertThat(fake.written).last().asString().contains("\"dhcpd_ip_1\":\"192.168.1.1\"");
    }

    @Test
    void a_certificate_that_changed_stops_everything() throws Exception {
        router("show");
        String before = fake.fingerprint();
        fake.close();
        fake = FakeConsole.start();

        assertThat(router("set"))
                .startsWith("The router at localhost shows another certificate than before.")
                .contains(before, fake.fingerprint());
        assertThat(fake.asked).isEmpty();
    }

    @Test
    void a_router_that_dies_in_the_middle_is_put_back_by_the_next_run() throws Exception {
        fake.cutAtWrite =
                new MockResponse.Builder()
                        .onResponseStart(SocketEffect.ShutdownConnection.INSTANCE)
                        .build();
        assertThat(router("set")).contains("The router at localhost went away in the middle.");
        assertThat(remembered()).contains("fixed-address", "network-boot");

        assertThat(router("undo")).endsWith("Written, and read back.\n");
        assertThat(fake.users().path(0).path("use_fixedip").asBoolean(false)).isFalse();
        assertThat(router("undo")).isEqualTo("Nothing is to be changed.\n");
    }
}
