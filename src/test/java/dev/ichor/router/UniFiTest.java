package dev.ichor.router;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.router.Change.Boot;
import dev.ichor.steps.UndoFile;

import mockwebserver3.MockResponse;
import mockwebserver3.SocketEffect;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

class UniFiTest {
    private static final Console.Login PASSWORD =
            new Console.Login.Password(FakeConsole.USER, FakeConsole.PASSWORD);
    private static final Mac FUTRO = Mac.of("90:1b:0e:11:22:33");
    private static final Change TO_PC =
            new Change.NetworkBoot(
                    "n1", "Default", Boot.OFF, new Boot(true, "192.168.1.10", "pxeboot"));

    @TempDir private Path dir;
    private final List<Duration> waited = new ArrayList<>();
    private FakeConsole fake;

    @BeforeEach
    void start() throws Exception {
        fake = FakeConsole.start();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private UniFi open(Console.Login login) throws Exception {
        return UniFi.open(fake.console(), login, new Console.Around(f -> false, waited::add));
    }

    private static Change fixed(String address) {
        return new Change.Reserve(FUTRO, "futro-1", "n1", "", address);
    }

    /// Something that has to fail.
    private interface Try {
        void run() throws Exception;
    }

    private static Problem problem(Try t) throws Exception {
        try {
            t.run();
        } catch (ProblemException e) {
            return e.problem();
        }
        throw new AssertionError("nothing was refused");
    }

    @Test
    void reads_networks_and_machines_by_password() throws Exception {
        UniFi router = open(PASSWORD);

        assertThat(router.settings().networks())
                .map(n -> n.name() + " " + n.subnet().orElseThrow() + " " + n.boot())
                .containsExactly("Default 192.168.1.0/24 off");
        assertThat(router.clients())
                .map(Machine::toString)
                .singleElement()
                .asString()
                .contains("90:1b:0e:11:22:33", "192.168.1.77", "futro");
    }

    @Test
    void an_api_key_needs_no_log_in() throws Exception {
        open(new Console.Login.Key(FakeConsole.KEY)).write(TO_PC);

        assertThat(fake.asked).noneMatch(a -> a.contains("login"));
        assertThat(fake.written)
                .containsExactly(
                        "PUT rest/networkconf/n1"
                                + " {\"dhcpd_boot_enabled\":true,"
                                + "\"dhcpd_boot_server\":\"192.168.1.10\","
                                + "\"dhcpd_boot_filename\":\"pxeboot\"}");
    }

    @Test
    void an_old_controller_has_other_paths() throws Exception {
        try (FakeConsole old = FakeConsole.old()) {
            UniFi router =
                    UniFi.open(
                            old.console(), PASSWORD, new Console.Around(f -> false, waited::add));
            router.write(TO_PC);

            assertThat(old.network().path("dhcpd_boot_filename").asString()).isEqualTo("pxeboot");
            assertThat(old.asked)
                    .contains("POST /api/login", "PUT /api/s/default/rest/networkconf/n1");
        }
    }

    @Test
    void undo_switches_off_and_never_sends_an_empty_file_name() throws Exception {
        UniFi router = open(PASSWORD);
        router.write(TO_PC);
        fake.written.clear();
        router.write(TO_PC.undo());

        assertThat(fake.written)
                .containsExactly("PUT rest/networkconf/n1 {\"dhcpd_boot_enabled\":false}");
        assertThat(router.settings().networks().getFirst().boot().on()).isFalse();
    }

    @Test
    void a_guarded_networks_first_trusted_server_goes_with_every_write() throws Exception {
        fake.network().put("dhcpguard_enabled", true).put("dhcpd_ip_1", "192.168.1.1");
        UniFi router = open(PASSWORD);
        router.write(TO_PC);
        router.write(
                new Change.Trust(
                        "n1",
                        "Default",
                        List.of("192.168.1.1"),
                        List.of("192.168.1.1", "192.168.1.10")));

        assertThat(router.settings().networks().getFirst().trusted())
                .containsExactly("192.168.1.1", "192.168.1.10");
    }

    @Test
    void a_fixed_address_is_made_for_a_new_machine_and_given_back() throws Exception {
        UniFi router = open(PASSWORD);
        router.write(fixed("192.168.1.50"));
        assertThat(router.settings().fixed()).containsEntry(FUTRO, "192.168.1.50");
        router.write(fixed("192.168.1.50").undo());
        assertThat(router.settings().fixed()).isEmpty();
        assertThat(fake.written.getLast()).isEqualTo("PUT rest/user/u0 {\"use_fixedip\":false}");
    }

    @Test
    void a_wrong_password_is_tried_once() throws Exception {
        Problem p = problem(() -> open(new Console.Login.Password("ichor", "wrong")));

        assertThat(p.what())
                .isEqualTo("The router at localhost did not accept the name and password.");
        assertThat(fake.asked).containsExactly("POST /api/auth/login");
    }

    @Test
    void an_expired_token_is_renewed_by_one_more_log_in() throws Exception {
        UniFi router = open(PASSWORD);
        fake.expire();
        router.write(TO_PC);

        assertThat(fake.asked.stream().filter("POST /api/auth/login"::equals)).hasSize(2);
        assertThat(fake.network().path("dhcpd_boot_enabled").asBoolean()).isTrue();
    }

    @Test
    void a_busy_console_is_given_the_time_it_asks_for() throws Exception {
        UniFi router = open(PASSWORD);
        fake.trouble.add(
                new MockResponse.Builder().code(429).addHeader("Retry-After", "7").build());
        router.write(TO_PC);

        assertThat(waited).containsExactly(Duration.ofSeconds(7));
    }

    @Test
    void a_console_that_restarts_in_the_middle_is_waited_for() throws Exception {
        UniFi router = open(PASSWORD);
        fake.trouble.add(
                new MockResponse.Builder().onResponseStart(new SocketEffect.CloseSocket()).build());
        fake.trouble.add(FakeConsole.answer(502, ""));
        router.write(TO_PC);

        assertThat(waited).isNotEmpty();
        assertThat(fake.network().path("dhcpd_boot_enabled").asBoolean()).isTrue();
    }

    @Test
    void one_that_does_not_come_back_is_told() throws Exception {
        UniFi router = open(PASSWORD);
        fake.close();

        Problem p = problem(() -> router.write(TO_PC));

        assertThat(p.what()).isEqualTo("The router at localhost went away in the middle.");
        assertThat(p.remedy()).contains("The old values are kept.");
    }

    @Test
    void a_changed_certificate_is_refused_and_both_are_shown() throws Exception {
        Problem p =
                problem(() ->
                        UniFi.open(
                                fake.console("AA:BB"),
                                PASSWORD,
                                new Console.Around(f -> true, waited::add)));

        assertThat(p.what())
                .isEqualTo("The router at localhost shows another certificate than before.");
        assertThat(p.why()).isEqualTo("It shows " + fake.fingerprint() + "; before it was AA:BB.");
        assertThat(fake.asked).isEmpty();
    }

    @Test
    void a_first_certificate_is_shown_to_the_owner_before_the_password_is_sent() throws Exception {
        List<String> shown = new ArrayList<>();
        Problem p =
                problem(() ->
                        UniFi.open(
                                fake.console(null),
                                PASSWORD,
                                new Console.Around(f -> !shown.add(f), waited::add)));

        assertThat(shown).containsExactly(fake.fingerprint());
        assertThat(p.what()).isEqualTo("The router at localhost was not accepted.");
        assertThat(fake.asked).isEmpty();
    }

    @Test
    void what_is_no_console_is_told() throws Exception {
        fake.trouble.add(FakeConsole.answer(404, ""));
        fake.trouble.add(FakeConsole.answer(404, "<html>"));

        assertThat(problem(() -> open(PASSWORD)).what())
                .isEqualTo("What answers at localhost is no UniFi console.");
    }

    @Test
    void rejected_writes_are_told_in_words() throws Exception {
        UniFi router = open(PASSWORD);
        fake.users()
                .addObject()
                .put("_id", "u9")
                .put("mac", "02:00:00:00:00:01")
                .put("use_fixedip", true)
                .put("fixed_ip", "192.168.1.50");

        assertThat(problem(() -> router.write(fixed("192.168.1.50"))).why())
                .isEqualTo("Another machine has that fixed address already.");
        assertThat(problem(() -> router.write(fixed("10.9.9.9"))).why())
                .isEqualTo("The fixed address is not in that network.");
        assertThat(
                        problem(() ->
                                        router.write(
                                                new Change.NetworkBoot(
                                                        "n1",
                                                        "Default",
                                                        Boot.OFF,
                                                        new Boot(
                                                                true, "192.168.1.999", "pxeboot"))))
                                .why())
                .isEqualTo("It does not take the boot server or the file name.");
        assertThat(
                        problem(() ->
                                        router.write(
                                                new Change.NetworkBoot(
                                                        "n1",
                                                        "Default",
                                                        Boot.OFF,
                                                        new Boot(true, "192.168.1.10", ""))))
                                .why())
                .isEqualTo("It does not take the boot server or the file name.");
    }

    @Test
    void guarding_without_a_server_and_a_mac_twice_are_told_in_words() {
        assertThat(UniFiWords.rejected("x", 400, "api.err.MissingIPAddress").problem().why())
                .isEqualTo("DHCP guarding is on, but no trusted server is named.");
        assertThat(UniFiWords.rejected("x", 400, "api.err.MacUsed").problem().why())
                .isEqualTo("It knows that machine under another entry already.");
    }

    @Test
    void what_the_router_does_not_keep_is_told() throws Exception {
        fake.forgetful = true;
        UniFi router = open(PASSWORD);

        assertThat(problem(() -> router.write(TO_PC)).what())
                .isEqualTo("The router took the change, but does not show it.");
    }

    @Test
    void nothing_is_written_over_what_somebody_else_changed() throws Exception {
        fake.network()
                .put("dhcpd_boot_enabled", true)
                .put("dhcpd_boot_server", "192.168.1.99")
                .put("dhcpd_boot_filename", "other.efi");
        UniFi router = open(PASSWORD);

        assertThat(problem(() -> router.write(TO_PC)).what())
                .isEqualTo("The router was changed by somebody else.");
        assertThat(fake.written).isEmpty();
    }

    @Test
    void the_old_values_are_on_disk_before_the_first_write_and_undo_works_after_a_crash()
            throws Exception {
        UndoFile<Change> file = UndoFile.ofRouter(dir.resolve("router.json"));
        UniFi router = open(PASSWORD);
        fake.close(); // the write never arrives: to the disk that is a crash
        problem(() -> file.set(router::write, List.of(TO_PC)));
        assertThat(file.read().written()).containsExactly(TO_PC);

        fake = FakeConsole.start();
        UniFi again = open(PASSWORD);
        assertThat(file.undo(again::write)).containsExactly(TO_PC.undo());
        assertThat(fake.written).isEmpty();
        assertThat(file.read().written()).isEmpty();
    }

    @Test
    void undo_puts_every_old_value_back_the_last_first() throws Exception {
        UndoFile<Change> file = UndoFile.ofRouter(dir.resolve("router.json"));
        UniFi router = open(PASSWORD);
        file.pin("127.0.0.1", fake.fingerprint());
        file.set(router::write, List.of(fixed("192.168.1.50"), TO_PC));

        assertThat(file.undo(open(PASSWORD)::write))
                .map(Change::difference)
                .containsExactly(
                        "Network boot of Default: server 192.168.1.10, file pxeboot → off",
                        "Fixed address of futro-1 (90:1b:0e:11:22:33): 192.168.1.50 → none");
        assertThat(router.settings().fixed()).isEmpty();
        assertThat(Files.readString(dir.resolve("router.json")))
                .contains(fake.fingerprint())
                .doesNotContain(FakeConsole.PASSWORD);
    }
}
