package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.FutureTask;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;

class GateTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac OTHER = Mac.of("4c:52:62:08:a3:cf");
    private static final Ip4 NODE_IP = Ip4.of("10.0.0.9");
    private static final Ip4 OTHER_IP = Ip4.of("10.0.0.8");

    private final BootLog log = new BootLog();

    @Test
    void an_armed_gate_gives_an_approved_machine_its_config() throws Exception {
        Gate gate = gate(Approval.ASK);
        gate.arm();
        gate.approve(NODE);
        Gate.Decision d = ask(gate, NODE, NODE_IP);
        assertThat(d).isInstanceOf(Gate.Decision.Give.class);
        assertThat(((Gate.Decision.Give) d).config()).asString().isEqualTo("config of " + NODE);
        assertThat(log.events())
                .containsExactly(
                        new BootEvent.GateChanged(T, true),
                        new BootEvent.Approved(T, NODE),
                        new BootEvent.ConfigAsked(T, NODE, NODE_IP));
    }

    @Test
    void a_disarmed_gate_gives_nothing() throws Exception {
        Gate gate = gate(Approval.ALL);
        assertThat(ask(gate, NODE, NODE_IP))
                .isEqualTo(new Gate.Decision.Refuse(NODE, "The server is not armed."));
    }

    @Test
    void a_mac_in_the_query_alone_is_refused() throws Exception {
        Gate gate = gate(Approval.ALL);
        gate.arm();
        assertThat(ask(gate, NODE, OTHER_IP))
                .isEqualTo(
                        new Gate.Decision.Refuse(
                                NODE, "10.0.0.8 is " + OTHER + " and asks for " + NODE + "."));
        assertThat(ask(gate, NODE, Ip4.of("10.0.0.7")))
                .isEqualTo(
                        new Gate.Decision.Refuse(
                                NODE,
                                "10.0.0.7 is not in this PC's neighbour table, so it cannot be told"
                                        + " who asks. A machine behind a router gets its config"
                                        + " over its own API: use Talos 1.13 or newer."));
        // Nobody's row moves: only the machine itself is told as asking.
        assertThat(log.events()).containsExactly(new BootEvent.GateChanged(T, true));
    }

    @Test
    void a_request_without_mac_or_of_a_stranger_is_refused_even_when_all_are_approved()
            throws Exception {
        Gate gate = gate(Approval.ALL);
        gate.arm();
        assertThat(ask(gate, null, NODE_IP)).isInstanceOf(Gate.Decision.Refuse.class);
        assertThat(ask(gate, OTHER, OTHER_IP))
                .isEqualTo(
                        new Gate.Decision.Refuse(
                                OTHER, OTHER + " is not a machine of this cluster."));
    }

    @Test
    void a_request_is_held_until_the_owner_approves() throws Exception {
        Gate gate = gate(Approval.ASK);
        gate.arm();
        CountDownLatch waits = new CountDownLatch(1);
        log.listen(e -> countDown(waits, e));
        FutureTask<Gate.Decision> held = new FutureTask<>(() -> ask(gate, NODE, NODE_IP));
        Thread.ofVirtual().start(held);
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
        assertThat(held.isDone()).isFalse();
        gate.approve(NODE);
        assertThat(held.get(10, TimeUnit.SECONDS)).isInstanceOf(Gate.Decision.Give.class);
    }

    @Test
    void a_held_request_is_refused_when_the_gate_is_disarmed() throws Exception {
        Gate gate = gate(Approval.ASK);
        gate.arm();
        CountDownLatch waits = new CountDownLatch(1);
        log.listen(e -> countDown(waits, e));
        FutureTask<Gate.Decision> held = new FutureTask<>(() -> ask(gate, NODE, NODE_IP));
        Thread.ofVirtual().start(held);
        assertThat(waits.await(10, TimeUnit.SECONDS)).isTrue();
        gate.disarm();
        assertThat(held.get(10, TimeUnit.SECONDS))
                .isEqualTo(new Gate.Decision.Refuse(NODE, "The server is not armed."));
        assertThat(gate.approved(NODE)).isFalse();
    }

    @Test
    void a_held_request_is_told_again_while_it_waits() throws Exception {
        AtomicReference<Instant> now = new AtomicReference<>(T);
        Gate gate =
                new Gate(Rules.folder(Approval.ASK), this::neighbour, this::config, log, now::get);
        gate.arm();
        CountDownLatch once = new CountDownLatch(1);
        CountDownLatch twice = new CountDownLatch(2);
        log.listen(e -> countDown(once, e));
        log.listen(e -> countDown(twice, e));
        FutureTask<Gate.Decision> held = new FutureTask<>(() -> ask(gate, NODE, NODE_IP));
        Thread.ofVirtual().start(held);
        assertThat(once.await(10, TimeUnit.SECONDS)).isTrue();
        now.set(T.plusSeconds(21));
        assertThat(twice.await(10, TimeUnit.SECONDS)).isTrue();
        gate.disarm();
        assertThat(held.get(10, TimeUnit.SECONDS)).isInstanceOf(Gate.Decision.Refuse.class);
    }

    @Test
    void waiting_is_told_once_and_approve_all_lets_everybody_in() {
        Gate gate = gate(Approval.ASK);
        assertThat(boots(gate)).isFalse();
        assertThat(boots(gate)).isFalse();
        gate.approveAll();
        assertThat(boots(gate)).isTrue();
        assertThat(log.events())
                .containsExactly(
                        new BootEvent.WaitingForApproval(T, NODE), new BootEvent.Approved(T, NODE));
    }

    @Test
    void a_machine_that_goes_on_waiting_is_told_again() {
        Instant[] now = {T};
        Gate gate =
                new Gate(
                        Rules.folder(Approval.ASK),
                        this::neighbour,
                        this::config,
                        log,
                        () -> now[0]);
        for (int second = 0; second < 60; second += 2) {
            now[0] = T.plusSeconds(second);
            assertThat(boots(gate)).isFalse();
        }
        assertThat(log.events())
                .containsExactly(
                        new BootEvent.WaitingForApproval(T, NODE),
                        new BootEvent.WaitingForApproval(T.plusSeconds(22), NODE),
                        new BootEvent.WaitingForApproval(T.plusSeconds(44), NODE));
    }

    @Test
    void a_folder_without_a_cluster_is_open_when_all_are_approved() throws Exception {
        Gate gate =
                new Gate(
                        Rules.folder(Approval.ALL),
                        this::neighbour,
                        ConfigSource.NONE,
                        log,
                        clock());
        assertThat(ask(gate, null, NODE_IP)).isEqualTo(new Gate.Decision.Open());
        assertThat(log.events()).isEmpty();
    }

    @Test
    void a_decision_never_shows_the_config() throws Exception {
        Gate gate = gate(Approval.ALL);
        gate.arm();
        assertThat(ask(gate, NODE, NODE_IP)).hasToString("Give[" + NODE + "]");
    }

    private Gate gate(Approval policy) {
        return new Gate(Rules.folder(policy), this::neighbour, this::config, log, clock());
    }

    private static Gate.Decision ask(Gate gate, @Nullable Mac mac, Ip4 from) throws Exception {
        return gate.ask(new Visitor(mac, from, "", ""));
    }

    private static boolean boots(Gate gate) {
        Visitor node = new Visitor(NODE, NODE_IP, "", "");
        return gate.script(NODE, node).next() instanceof NextBoot.Network;
    }

    private static InstantSource clock() {
        return InstantSource.fixed(T);
    }

    private Optional<Mac> neighbour(Ip4 ip) {
        return ip.equals(NODE_IP)
                ? Optional.of(NODE)
                : ip.equals(OTHER_IP) ? Optional.of(OTHER) : Optional.empty();
    }

    private Optional<byte[]> config(Mac mac) {
        return mac.equals(NODE)
                ? Optional.of(("config of " + mac).getBytes(StandardCharsets.UTF_8))
                : Optional.empty();
    }

    private static void countDown(CountDownLatch waits, BootEvent e) {
        if (e instanceof BootEvent.WaitingForApproval) {
            waits.countDown();
        }
    }
}
