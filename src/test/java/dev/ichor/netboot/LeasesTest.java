package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Gen;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Subnet;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// RFC 2131 section 4.3 as a table: who gets which address, and for how long.
class LeasesTest {
    private static final Instant T = Instant.parse("2026-11-24T12:00:00Z");
    private static final Mac A = Mac.of("4c:52:62:08:a3:01");
    private static final Mac B = Mac.of("4c:52:62:08:a3:02");
    private static final Mac STRANGER = Mac.of("02:00:00:00:00:01");
    private static final Ip4 NONE = Ip4.NONE;
    private static final Map<Ip4, Mac> NOBODY = Map.of();

    private final Leases leases = leases("10.0.0.1/29");

    @Test
    void the_pool_is_the_network_without_its_ends_and_without_us() {
        assertThat(Pool.of(subnet("10.0.0.1/29")).all().map(Ip4::toString))
                .containsExactly("10.0.0.2", "10.0.0.3", "10.0.0.4", "10.0.0.5", "10.0.0.6");
        assertThat(Pool.of(subnet("192.168.50.9/24")).all())
                .hasSize(253)
                .doesNotContain(Ip4.of("192.168.50.0"), Ip4.of("192.168.50.255"))
                .doesNotContain(Ip4.of("192.168.50.9"));
        assertThat(Pool.of(subnet("10.0.0.1/8")).toString())
                .as("bounded: the last 1024")
                .isEqualTo("10.255.251.255 to 10.255.255.254");
        assertThat(Pool.of(subnet("10.0.0.1/30")).all()).containsExactly(Ip4.of("10.0.0.2"));
        assertThat(Pool.of(subnet("10.0.0.1/32")).all()).isEmpty();
    }

    @Test
    void a_machine_keeps_its_address() {
        assertThat(leases.offer(A, NONE, NOBODY, T)).hasValue(ip(2));
        assertThat(leases.bind(A, ip(2), T)).isTrue();
        assertThat(leases.offer(B, NONE, NOBODY, T)).hasValue(ip(3));
        Instant later = T.plus(Duration.ofDays(30));
        assertThat(leases.offer(A, NONE, NOBODY, later))
                .as("also after it ran out")
                .hasValue(ip(2));
    }

    @Test
    void a_wish_is_granted_when_the_address_is_free() {
        assertThat(leases.offer(A, ip(5), NOBODY, T)).hasValue(ip(5));
        assertThat(leases.offer(B, ip(5), NOBODY, T)).hasValue(ip(2));
        assertThat(leases.offer(B, ip(1), NOBODY, T)).as("ours").hasValue(ip(2));
        assertThat(leases.offer(B, Ip4.of("10.9.9.9"), NOBODY, T)).hasValue(ip(2));
    }

    @Test
    void an_address_in_use_by_another_is_never_given() {
        assertThat(leases.offer(A, ip(2), Map.of(ip(2), B, ip(3), B), T)).hasValue(ip(4));
        assertThat(leases.offer(B, ip(2), Map.of(ip(2), B), T)).as("it is itself").hasValue(ip(2));
    }

    @Test
    void an_offer_not_taken_is_free_after_a_minute() {
        leases.offer(A, ip(2), NOBODY, T);
        assertThat(leases.offer(B, ip(2), NOBODY, T.plusSeconds(59))).hasValue(ip(3));
        assertThat(leases.offer(STRANGER, ip(2), NOBODY, T.plusSeconds(61))).hasValue(ip(2));
        assertThat(leases.bind(A, ip(2), T.plusSeconds(61))).as("too late").isFalse();
    }

    @Test
    void a_declined_address_rests_for_ten_minutes() {
        leases.offer(A, ip(2), NOBODY, T);
        leases.bind(A, ip(2), T);
        leases.decline(B, ip(2), T);
        assertThat(leases.bind(A, ip(2), T)).as("only its own").isTrue();
        leases.decline(A, ip(2), T);
        assertThat(leases.offer(A, ip(2), NOBODY, T.plusSeconds(599))).hasValue(ip(3));
        assertThat(leases.offer(B, ip(2), NOBODY, T.plusSeconds(601))).hasValue(ip(2));
    }

    @Test
    void a_released_address_goes_to_another_only_when_no_fresh_one_is_left() {
        leases.offer(A, ip(2), NOBODY, T);
        leases.bind(A, ip(2), T);
        leases.release(A, ip(2), T);
        assertThat(leases.offer(B, NONE, NOBODY, T)).hasValue(ip(3));
        assertThat(leases.offer(A, NONE, NOBODY, T)).hasValue(ip(2));
    }

    @Test
    void strangers_get_at_most_half_of_the_pool() {
        Leases small = leases("10.0.0.1/28");
        long given = 0;
        for (int i = 0; i < 10_000; i++) {
            Mac mac = new Mac(0x02_00_00_00_00_00L + i);
            given +=
                    small.offer(mac, NONE, NOBODY, T).filter(ip -> small.bind(mac, ip, T)).stream()
                            .count();
        }
        assertThat(given).isEqualTo(7);
        assertThat(small.offer(A, NONE, NOBODY, T)).isPresent();
        assertThat(small.offer(B, NONE, NOBODY, T)).isPresent();
    }

    @Test
    void the_list_outlives_a_restart() {
        leases.offer(A, NONE, NOBODY, T);
        leases.bind(A, ip(2), T);
        leases.offer(B, NONE, NOBODY, T);
        assertThat(leases.lines())
                .containsExactly("4c:52:62:08:a3:01 10.0.0.2 2026-11-25T00:00:00Z");
        Leases next = leases("10.0.0.1/29");
        next.restore(leases.lines());
        assertThat(next.bind(A, ip(2), T)).isTrue();
        assertThat(next.offer(B, ip(2), NOBODY, T)).hasValue(ip(3));
    }

    @Test
    void lines_that_make_no_sense_are_left_out() {
        leases.restore(
                List.of(
                        "",
                        "4c:52:62:08:a3:01",
                        "nobody 10.0.0.2 2026-11-25T00:00:00Z",
                        "4c:52:62:08:a3:01 10.0.0.1 2026-11-25T00:00:00Z",
                        "4c:52:62:08:a3:01 172.16.0.2 2026-11-25T00:00:00Z",
                        "4c:52:62:08:a3:01 10.0.0.2 tomorrow",
                        "4c:52:62:08:a3:02 10.0.0.3 2026-11-25T00:00:00Z"));
        assertThat(leases.lines())
                .containsExactly("4c:52:62:08:a3:02 10.0.0.3 2026-11-25T00:00:00Z");
    }

    @Test
    void no_two_machines_ever_have_one_address() {
        Gen.check(
                300,
                gen -> {
                    Leases l = leases("10.0.0.1/28");
                    Instant now = T;
                    for (int n = 0; n < 200; n++) {
                        Mac mac = new Mac(gen.between(1, 30));
                        Ip4 wish = new Ip4(ip(0).bits() + gen.between(0, 20));
                        now = now.plusSeconds(gen.between(0, 3_000));
                        switch (gen.between(0, 3)) {
                            case 0 -> l.decline(mac, wish, now);
                            case 1 -> l.release(mac, wish, now);
                            case 2 -> l.bind(mac, wish, now);
                            default -> {
                                Instant at = now;
                                l.offer(mac, wish, NOBODY, at).ifPresent(ip -> l.bind(mac, ip, at));
                            }
                        }
                        Set<String> addresses = new HashSet<>();
                        assertThat(l.lines()).allMatch(x -> addresses.add(x.split(" ")[1]));
                        assertThat(addresses.size()).isLessThanOrEqualTo(13);
                        assertThat(addresses).doesNotContain("10.0.0.0", "10.0.0.1", "10.0.0.15");
                    }
                });
    }

    private static Leases leases(String subnet) {
        return new Leases(
                Pool.of(subnet(subnet)), mac -> !mac.equals(STRANGER) && mac.oui() != 0x020000);
    }

    private static Subnet subnet(String text) {
        return Subnet.parse(text).orElseThrow();
    }

    private static Ip4 ip(int last) {
        return Ip4.of("10.0.0." + last);
    }
}
