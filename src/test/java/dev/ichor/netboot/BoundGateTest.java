package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.netboot.MachineState.Fetched;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;

/// The gate of a cluster: neighbour table, this boot's downloads, one-time token, and what is
/// remembered over restarts.
@Timeout(120)
class BoundGateTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 IP = Ip4.of("10.0.0.9");
    private static final Ip4 MOVED = Ip4.of("10.0.0.10");
    private static final Ip4 FORGER = Ip4.of("10.0.0.66");
    private static final Mac FORGER_MAC = Mac.of("02:00:00:00:00:66");
    private static final String UUID = "11112222-3333-4444-5555-666677778888";
    private static final String OTHER_UUID = "99992222-3333-4444-5555-666677778888";
    private static final Duration A_START = Duration.ofMinutes(4);

    private final BootLog log = new BootLog();
    private final Map<String, String> disk = new HashMap<>();
    private final Map<Ip4, Mac> neighbours =
            new HashMap<>(Map.of(IP, NODE, MOVED, NODE, FORGER, FORGER_MAC));
    private final Instant[] now = {T};
    private int tokens;
    private Life life = Life.ALWAYS_NETBOOT;
    private Gate gate = gate();

    @Test
    void a_machine_that_boots_in_order_gets_its_config_once() throws Exception {
        gate.approve(NODE);
        Visitor node = boot(IP, UUID);
        assertThat(gate.ask(node)).isInstanceOf(Gate.Decision.Give.class);
        gate.handedOut(NODE, config());
        assertThat(state().fingerprint()).isEqualTo(Digest.sha256(config()));
        assertThat(state().chain()).isEqualTo(new MachineState.Chain(T, T, 1));
    }

    @Test
    void a_hand_out_that_broke_off_is_repeated() throws Exception {
        gate.approve(NODE);
        Visitor node = boot(IP, UUID);
        for (int n = 0; n < 5; n++) {
            assertThat(gate.ask(node)).isInstanceOf(Gate.Decision.Give.class);
            gate.brokeOff(NODE);
        }
        assertThat(state().chain()).isEqualTo(new MachineState.Chain(T, null, 0));
    }

    @Test
    void a_token_shown_again_is_held_until_the_owner_approves_anew() throws Exception {
        gate.approve(NODE);
        Visitor node = boot(IP, UUID);
        gate.ask(node);
        gate.handedOut(NODE, config());
        FutureTask<Gate.Decision> again = held(node);
        assertThat(events(BootEvent.Held.class))
                .containsExactly(
                        new BootEvent.Held(
                                T,
                                NODE,
                                IP,
                                "The token of its boot script was used at 10.0.0.9 before and is"
                                        + " shown again by 10.0.0.9."));
        gate.approve(NODE);
        assertThat(again.get(30, TimeUnit.SECONDS)).isInstanceOf(Gate.Decision.Give.class);
    }

    @Test
    void a_second_request_waits_while_the_first_is_answered() throws Exception {
        gate.approve(NODE);
        Visitor node = boot(IP, UUID);
        gate.ask(node);
        FutureTask<Gate.Decision> second = new FutureTask<>(() -> gate.ask(node));
        Thread.ofVirtual().start(second);
        gate.brokeOff(NODE);
        assertThat(second.get(30, TimeUnit.SECONDS)).isInstanceOf(Gate.Decision.Give.class);
    }

    @Test
    void a_wrong_or_missing_token_gets_nothing() throws Exception {
        gate.approve(NODE);
        boot(IP, UUID);
        String why =
                "It does not show the token of its last boot script: it was started by another"
                        + " server, or somebody else asks. Switch it off and on.";
        assertThat(gate.ask(new Visitor(NODE, IP, UUID, ""))).isEqualTo(refuse(why));
        assertThat(gate.ask(new Visitor(NODE, IP, UUID, "token-99"))).isEqualTo(refuse(why));
    }

    @Test
    void the_token_of_an_earlier_boot_gets_nothing() throws Exception {
        gate.approve(NODE);
        Visitor earlier = boot(IP, UUID);
        boot(IP, UUID);
        assertThat(gate.ask(earlier)).isInstanceOf(Gate.Decision.Refuse.class);
    }

    @Test
    void who_has_not_fetched_all_of_it_gets_nothing() throws Exception {
        gate.approve(NODE);
        String token = gate.script(NODE, new Visitor(NODE, IP, UUID, "")).token();
        gate.fetched(IP, Fetched.SCRIPT);
        gate.fetched(IP, Fetched.KERNEL);
        gate.fetched(FORGER, Fetched.INITRAMFS);
        assertThat(gate.ask(new Visitor(NODE, IP, UUID, token)))
                .isEqualTo(
                        refuse(
                                "It has not fetched script, kernel and initramfs in full in this"
                                        + " boot, only [SCRIPT, KERNEL]."));
    }

    @Test
    void another_computer_gets_no_token_and_changes_nothing() throws Exception {
        gate.approve(NODE);
        Visitor node = boot(IP, UUID);
        MachineState before = state();
        Dispatch.Script forged = gate.script(NODE, new Visitor(NODE, FORGER, OTHER_UUID, ""));
        assertThat(forged.token()).isEmpty();
        assertThat(state()).isEqualTo(before);
        assertThat(gate.ask(new Visitor(NODE, FORGER, UUID, node.token())))
                .isEqualTo(refuse("10.0.0.66 is " + FORGER_MAC + " and asks for " + NODE + "."));
        assertThat(gate.ask(node)).isInstanceOf(Gate.Decision.Give.class);
    }

    @Test
    void a_neighbour_entry_that_is_forged_later_gets_nothing_for_the_token() throws Exception {
        gate.approve(NODE);
        boot(IP, UUID);
        neighbours.put(FORGER, NODE);
        assertThat(gate.ask(new Visitor(NODE, FORGER, UUID, "guess")))
                .isInstanceOf(Gate.Decision.Refuse.class);
    }

    @Test
    void a_machine_that_changes_its_address_is_held() throws Exception {
        gate.approve(NODE);
        Visitor node = boot(IP, UUID);
        FutureTask<Gate.Decision> moved = held(new Visitor(NODE, MOVED, "", node.token()));
        assertThat(events(BootEvent.Held.class))
                .extracting(BootEvent.Held::ip, BootEvent.Held::reason)
                .containsExactly(
                        org.assertj.core.groups.Tuple.tuple(
                                MOVED,
                                "It fetched its kernel as 10.0.0.9 and asks for its config as"
                                        + " 10.0.0.10."));
        gate.approve(NODE);
        assertThat(moved.get(30, TimeUnit.SECONDS)).isInstanceOf(Gate.Decision.Give.class);
    }

    @Test
    void one_mac_with_two_uuids_is_held() {
        gate.approve(NODE);
        boot(IP, UUID);
        NextBoot next = gate.script(NODE, new Visitor(NODE, IP, OTHER_UUID, "")).next();
        String why =
                "Two machines call themselves %s: UUID %s before, %s now."
                        .formatted(NODE, UUID, OTHER_UUID);
        assertThat(next).isEqualTo(new NextBoot.Wait(why));
        gate.approveAll();
        assertThat(gate.script(NODE, new Visitor(NODE, IP, OTHER_UUID, "")).next())
                .as("approving all settles no doubt")
                .isEqualTo(new NextBoot.Wait(why));
        gate.approve(NODE);
        assertThat(gate.script(NODE, new Visitor(NODE, IP, OTHER_UUID, "")).next())
                .isEqualTo(new NextBoot.Network());
    }

    @Test
    void a_cloned_mac_with_another_address_is_held() {
        gate.script(NODE, new Visitor(NODE, IP, UUID, ""));
        now[0] = T.plusSeconds(2);
        gate.script(NODE, new Visitor(NODE, MOVED, UUID, ""));
        assertThat(events(BootEvent.Held.class))
                .extracting(BootEvent.Held::reason)
                .containsExactly(NODE + " has two addresses at once: 10.0.0.9 and 10.0.0.10.");
    }

    @Test
    void the_hand_out_follows_approve_after_any_wait() throws Exception {
        for (int minutes : List.of(1, 10, 60, 170)) {
            disk.clear();
            gate = gate();
            Instant end = now[0].plus(Duration.ofMinutes(minutes));
            while (now[0].isBefore(end)) {
                assertThat(gate.script(NODE, new Visitor(NODE, IP, UUID, "")).next())
                        .isInstanceOf(NextBoot.Wait.class);
                now[0] = now[0].plusSeconds(2);
            }
            gate.approve(NODE);
            Instant approved = now[0];
            now[0] = now[0].plusSeconds(2);
            assertThat(gate.ask(boot(IP, UUID))).isInstanceOf(Gate.Decision.Give.class);
            assertThat(Duration.between(approved, now[0])).isLessThan(Duration.ofSeconds(5));
        }
        assertThat(events(BootEvent.WaitingForApproval.class)).hasSizeLessThan(241 * 3 + 10);
    }

    @Test
    void a_chain_of_attempts_ends_after_three_hand_outs() throws Exception {
        gate.approve(NODE);
        for (int n = 0; n < 3; n++) {
            assertThat(gate.ask(boot(IP, UUID))).isInstanceOf(Gate.Decision.Give.class);
            gate.handedOut(NODE, config());
        }
        assertThat(gate.script(NODE, new Visitor(NODE, IP, UUID, "")).next())
                .isInstanceOf(NextBoot.Wait.class);
        gate.approveAll();
        assertThat(gate.approved(NODE)).isFalse();
        gate.approve(NODE);
        assertThat(gate.approved(NODE)).isTrue();
    }

    @Test
    void a_restart_remembers_approval_boot_and_token() throws Exception {
        gate.approve(NODE);
        Visitor node = boot(IP, UUID);
        gate = gate();
        assertThat(gate.ask(node)).isInstanceOf(Gate.Decision.Give.class);
        assertThat(String.join("", disk.values())).doesNotContain(node.token());
    }

    @Test
    void a_restart_does_not_arm_what_the_owner_disarmed() {
        gate.disarm();
        gate = gate();
        assertThat(gate.armed()).isFalse();
        gate.arm();
        gate = gate();
        assertThat(gate.armed()).isTrue();
    }

    @Test
    void an_installed_machine_starts_from_its_disk_and_counts_until_its_talos_answers() {
        life = Life.DISK_FIRST;
        gate = gate();
        for (int proofs = 0; proofs < 2; proofs++) {
            gate.installed(NODE);
            for (int starts = 0; starts < 3; starts++) {
                now[0] = now[0].plus(A_START);
                assertThat(asks()).isEqualTo(new NextBoot.Disk(starts));
            }
        }
        now[0] = now[0].plus(A_START);
        assertThat(asks()).isInstanceOf(NextBoot.Wait.class);
        assertThat(events(BootEvent.Held.class)).hasSize(1);
        gate.approve(NODE);
        assertThat(asks()).isEqualTo(new NextBoot.Network());
    }

    @Test
    void a_uefi_that_tries_its_pxe_and_its_http_entry_before_its_disk_starts_once() {
        life = Life.DISK_FIRST;
        gate = gate();
        gate.installed(NODE);
        for (int starts = 0; starts < 3; starts++) {
            now[0] = now[0].plus(A_START);
            assertThat(asks()).as("PXE").isEqualTo(new NextBoot.Disk(starts));
            assertThat(asks()).as("HTTP").isEqualTo(new NextBoot.Disk(starts + 1));
        }
        assertThat(asks()).as("the disk is dead").isInstanceOf(NextBoot.Wait.class);
    }

    @Test
    void sent_to_its_disk_by_the_owner_a_machine_starts_from_it_once() {
        gate.approve(NODE);
        gate.bootLocally(NODE);
        assertThat(asks()).as("PXE").isEqualTo(new NextBoot.Disk(0));
        assertThat(asks()).as("HTTP").isEqualTo(new NextBoot.Disk(0));
        now[0] = now[0].plus(A_START);
        assertThat(asks()).isEqualTo(new NextBoot.Network());
    }

    @Test
    void an_installed_netboot_machine_that_asks_for_its_config_is_held() throws Exception {
        gate.installed(NODE);
        FutureTask<Gate.Decision> ask = held(boot(IP, UUID));
        assertThat(events(BootEvent.Held.class))
                .extracting(BootEvent.Held::reason)
                .containsExactly(
                        "It is installed and yet asks for its config: its disk is dead or empty, or"
                                + " it is another machine.");
        gate.approve(NODE);
        assertThat(ask.get(30, TimeUnit.SECONDS)).isInstanceOf(Gate.Decision.Give.class);
    }

    @Test
    void a_wipe_is_given_until_its_initramfs_is_out_and_never_again() {
        gate.installed(NODE);
        gate.order(NODE, MachineAction.WIPE);
        assertThat(asks()).isEqualTo(new NextBoot.Wipe());
        gate.fetched(IP, Fetched.KERNEL);
        gate = gate();
        assertThat(asks()).as("the power went before the initramfs").isEqualTo(new NextBoot.Wipe());
        gate.fetched(IP, Fetched.KERNEL);
        gate.fetched(IP, Fetched.INITRAMFS);
        gate = gate();
        for (int n = 0; n < 3; n++) {
            assertThat(asks()).isInstanceOf(NextBoot.Wait.class);
        }
        gate.fetched(IP, Fetched.INITRAMFS);
        assertThat(events(BootEvent.ActionChanged.class))
                .extracting(BootEvent.ActionChanged::state)
                .containsExactly("ordered", "the wiping system was handed over in full");
    }

    @Test
    void a_wipe_over_the_api_is_spent_and_a_reinstallation_goes_on() {
        gate.installed(NODE);
        gate.order(NODE, MachineAction.REINSTALL);
        assertThat(gate.ordered(NODE)).isTrue();
        gate.carriedOut(NODE);
        assertThat(gate.ordered(NODE)).isFalse();
        assertThat(asks()).isEqualTo(new NextBoot.Network());
    }

    @Test
    void nobody_else_is_given_a_wiping_script() {
        gate.order(NODE, MachineAction.WIPE);
        assertThat(gate.script(NODE, new Visitor(NODE, FORGER, "", "")).next())
                .isEqualTo(new NextBoot.Wait(""));
        assertThat(gate.script(NODE, new Visitor(NODE, Ip4.of("10.9.9.9"), "", "")).next())
                .isEqualTo(new NextBoot.Wait(""));
    }

    @Test
    void a_broken_memory_is_kept_aside_and_lets_nothing_out() {
        gate.approve(NODE);
        disk.put(NODE.hyphens(), "{\"chain\":{\"handOuts\":");
        gate = gate();
        assertThat(asks()).isEqualTo(new NextBoot.Wait(""));
        assertThat(disk).containsKey(NODE.hyphens() + ".broken");
        assertThat(events(BootEvent.ServiceDown.class))
                .extracting(BootEvent.ServiceDown::reason)
                .containsExactly(
                        "What was remembered of "
                                + NODE
                                + " makes no sense; it was kept as "
                                + NODE.hyphens()
                                + ".broken. The machine counts as new and has to be approved.");
    }

    @Test
    void no_event_and_nothing_remembered_holds_a_token_or_a_config() throws Exception {
        gate.approve(NODE);
        Visitor node = boot(IP, UUID);
        gate.ask(node);
        gate.handedOut(NODE, config());
        held(node);
        StringBuilder all = new StringBuilder(String.join("", disk.values()));
        log.events().forEach(e -> all.append(BootLog.line(e)).append(e));
        assertThat(all.toString()).doesNotContain(node.token(), "secret of");
        assertThat(node + " " + gate.script(NODE, node)).doesNotContain("token-");
    }

    private NextBoot asks() {
        return gate.script(NODE, new Visitor(NODE, IP, UUID, "")).next();
    }

    /// From the script to the initramfs.
    private Visitor boot(Ip4 ip, String uuid) {
        Dispatch.Script script = gate.script(NODE, new Visitor(NODE, ip, uuid, ""));
        assertThat(script.next()).isEqualTo(new NextBoot.Network());
        for (Fetched f : Fetched.values()) {
            gate.fetched(ip, f);
        }
        return new Visitor(NODE, ip, "", script.token());
    }

    /// Asks, and returns once it is told that the machine waits.
    private FutureTask<Gate.Decision> held(Visitor v) throws Exception {
        CountDownLatch waits = new CountDownLatch(1);
        Instant from = now[0];
        Runnable stop =
                log.listen(e -> {
                    if (e instanceof BootEvent.Held h && !h.at().isBefore(from)) {
                        waits.countDown();
                    }
                });
        FutureTask<Gate.Decision> ask = new FutureTask<>(() -> gate.ask(v));
        Thread.ofVirtual().start(ask);
        assertThat(waits.await(30, TimeUnit.SECONDS)).isTrue();
        stop.run();
        return ask;
    }

    private MachineState state() {
        return new MachineStates(store(), log, () -> now[0]).of(NODE);
    }

    private <E extends BootEvent> List<E> events(Class<E> kind) {
        return log.events().stream().filter(kind::isInstance).map(kind::cast).toList();
    }

    private static Gate.Decision refuse(String why) {
        return new Gate.Decision.Refuse(NODE, why);
    }

    private static byte[] config() {
        return ("secret of " + NODE).getBytes(StandardCharsets.UTF_8);
    }

    private Gate gate() {
        Gate g =
                new Gate(
                        new Rules(
                                Approval.ASK,
                                Checks.BOOT,
                                mac -> mac.equals(NODE) ? Optional.of(life) : Optional.empty(),
                                store(),
                                () -> "token-" + tokens++),
                        ip -> Optional.ofNullable(neighbours.get(ip)),
                        mac -> mac.equals(NODE) ? Optional.of(config()) : Optional.empty(),
                        log,
                        () -> now[0]);
        try {
            g.begin();
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
        return g;
    }

    private Rules.Store store() {
        return new Rules.Store() {
            @Override
            public Optional<String> read(String name) {
                return Optional.ofNullable(disk.get(name));
            }

            @Override
            public void write(String name, String text, boolean durable) {
                disk.put(name, text);
            }

            @Override
            public String putAside(String name) {
                disk.put(name + ".broken", Optional.ofNullable(disk.remove(name)).orElseThrow());
                return name + ".broken";
            }
        };
    }
}
