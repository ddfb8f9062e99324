package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;

import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.time.Instant;
import java.util.List;
import java.util.Optional;

/// Configs that go over the machine's own API: by HTTP leaves only what is no secret.
class PushGateTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final Mac NODE = Mac.of("4c:52:62:08:a3:ce");
    private static final Ip4 IP = Ip4.of("10.0.0.9");
    private static final Ip4 FAR = Ip4.of("10.9.0.9");
    private static final Ip4 OTHER_IP = Ip4.of("10.0.0.8");
    private static final byte[] CONFIG = "the secret".getBytes(StandardCharsets.UTF_8);
    private static final byte[] PART = "kind: EventSinkConfig".getBytes(StandardCharsets.UTF_8);

    private final BootLog log = new BootLog();
    private final Instant[] now = {T};
    private final Gate gate = gate();

    @Test
    void anybody_gets_the_part_without_secrets_and_nothing_else() throws Exception {
        gate.arm();
        gate.approve(NODE);
        for (Ip4 from : List.of(IP, FAR, OTHER_IP)) {
            Gate.Decision d = gate.ask(new Visitor(NODE, from, "", ""));
            assertThat(d).isInstanceOf(Gate.Decision.Part.class);
            assertThat(((Gate.Decision.Part) d).config()).isEqualTo(PART);
        }
        assertThat(gate.ask(new Visitor(new Mac(7), IP, "", "")))
                .isInstanceOf(Gate.Decision.Refuse.class);
    }

    @Test
    void a_machine_starts_talos_before_it_is_approved_and_is_pushed_to_after() {
        gate.arm();
        NextBoot first = gate.script(NODE, new Visitor(NODE, IP, "", "")).next();
        assertThat(first).isEqualTo(new NextBoot.Network());
        assertThat(gate.mayPush(NODE, IP)).isFalse();
        assertThat(log.events()).contains(new BootEvent.WaitingForApproval(T, NODE));
        gate.approve(NODE);
        assertThat(gate.mayPush(NODE, IP)).isTrue();
    }

    @Test
    void a_machine_behind_a_router_is_pushed_to_and_another_machines_address_is_not() {
        gate.arm();
        gate.approve(NODE);
        assertThat(gate.mayPush(NODE, FAR)).isTrue();
        assertThat(gate.mayPush(NODE, OTHER_IP)).isFalse();
    }

    @Test
    void a_disarmed_gate_pushes_nothing() {
        gate.approve(NODE);
        assertThat(gate.mayPush(NODE, IP)).isFalse();
        gate.arm();
        assertThat(gate.mayPush(NODE, IP)).isTrue();
        gate.disarm();
        assertThat(gate.mayPush(NODE, IP)).isFalse();
    }

    @Test
    void an_approval_covers_three_pushes_within_half_an_hour() {
        gate.arm();
        gate.approve(NODE);
        for (int n = 0; n < 3; n++) {
            assertThat(gate.mayPush(NODE, IP)).isTrue();
            gate.pushed(NODE, CONFIG);
        }
        assertThat(gate.mayPush(NODE, IP)).isFalse();
        gate.approve(NODE);
        gate.pushed(NODE, CONFIG);
        now[0] = T.plus(Duration.ofMinutes(31));
        assertThat(gate.mayPush(NODE, IP)).isFalse();
    }

    @Test
    void an_installed_machine_that_waits_for_a_config_is_held() {
        gate.arm();
        gate.approve(NODE);
        gate.pushed(NODE, CONFIG);
        gate.installed(NODE);
        assertThat(gate.mayPush(NODE, IP)).isFalse();
        assertThat(log.events().getLast()).isInstanceOf(BootEvent.WaitingForApproval.class);
        assertThat(log.events()).anyMatch(e -> e instanceof BootEvent.Held h && h.ip().equals(IP));
        gate.approve(NODE);
        assertThat(gate.mayPush(NODE, IP)).isTrue();
    }

    private Gate gate() {
        Rules rules =
                new Rules(
                        Approval.ASK,
                        Checks.BOOT,
                        mac -> mac.equals(NODE) ? Optional.of(Life.DISK_FIRST) : Optional.empty(),
                        Rules.Store.forgetful(),
                        () -> "token");
        ConfigSource configs =
                new ConfigSource() {
                    @Override
                    public Optional<byte[]> configFor(Mac mac) {
                        return Optional.of(CONFIG).filter(c -> mac.equals(NODE));
                    }

                    @Override
                    public Optional<byte[]> withoutSecrets(Mac mac) {
                        return Optional.of(PART).filter(c -> mac.equals(NODE));
                    }
                };
        return new Gate(rules, PushGateTest::neighbour, configs, log, () -> now[0]);
    }

    private static Optional<Mac> neighbour(Ip4 ip) {
        return ip.equals(FAR)
                ? Optional.empty()
                : Optional.of(ip.equals(IP) ? NODE : new Mac(0x020000000008L));
    }
}
