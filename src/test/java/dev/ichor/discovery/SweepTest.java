package dev.ichor.discovery;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Subnet;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.net.BindException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;

class SweepTest {
    private static final Ip4 SELF = Ip4.of("192.168.1.10");
    private static final Mac FUTRO = Mac.of("4c:52:62:08:a3:ce");

    private final Map<Ip4, Mac> table = new TreeMap<>();
    private final List<Ip4> poked = new ArrayList<>();
    private final List<Duration> pauses = new ArrayList<>();
    private final List<Machine> found = new ArrayList<>();
    private final List<Amount> progress = new ArrayList<>();

    private void sweep(String net) throws IOException, InterruptedException {
        new Sweep(() -> Map.copyOf(table), (self, hosts) -> poked.addAll(hosts), pauses::add)
                .run(Subnet.parse(net).orElseThrow(), SELF, found::add, progress::add);
    }

    @Test
    void pokes_every_host_but_itself_and_settles_for_seven_tenths_of_a_second() throws Exception {
        sweep("192.168.1.10/24");

        assertThat(poked).hasSize(253).doesNotContain(SELF).startsWith(Ip4.of("192.168.1.1"));
        assertThat(pauses).allMatch(Duration.ofMillis(40)::equals).hasSize(4 + 18);
        assertThat(progress).last().isEqualTo(new Amount("Looking at 192.168.1.0/24", 253, 253));
    }

    @Test
    void shows_each_machine_of_the_network_once_with_its_maker() throws Exception {
        table.put(Ip4.of("192.168.1.66"), FUTRO);
        table.put(Ip4.of("10.8.0.1"), Mac.of("02:00:00:00:00:01"));

        sweep("192.168.1.10/24");

        assertThat(found)
                .singleElement()
                .satisfies(m -> {
                    assertThat(m.mac()).isEqualTo(FUTRO);
                    assertThat(m.ip()).isEqualTo(Ip4.of("192.168.1.66"));
                    assertThat(m.vendor()).isEqualTo("Fujitsu");
                });
    }

    @Test
    void shows_a_machine_before_the_search_is_over() throws Exception {
        List<Integer> pausesWhenFound = new ArrayList<>();
        new Sweep(
                        () ->
                                poked.contains(Ip4.of("192.168.1.3"))
                                        ? Map.of(Ip4.of("192.168.1.3"), FUTRO)
                                        : Map.of(),
                        (self, hosts) -> poked.addAll(hosts),
                        pauses::add)
                .run(
                        new Subnet(SELF, 24),
                        SELF,
                        m -> pausesWhenFound.add(pauses.size()),
                        Amount.IGNORE);

        assertThat(pausesWhenFound).containsExactly(1);
    }

    @Test
    void goes_gently_beyond_a_slash_22() throws Exception {
        sweep("10.0.0.1/21");

        assertThat(poked).hasSize(2046);
        assertThat(pauses).hasSize(205 + 18); // 10 each 40 ms are 250 a second
    }

    @Test
    void asks_before_it_searches_a_huge_network() {
        assertThatThrownBy(() -> sweep("10.0.0.1/16"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().toString())
                                        .isEqualTo(
                                                "The network 10.0.0.0/16 is large. It has 65,534"
                                                    + " addresses; looking at all of them takes"
                                                    + " about 5 minutes. Agree to the long search"
                                                    + " (ichor discover --large), name a part of"
                                                    + " it, for instance 10.0.0.1/24, or add the"
                                                    + " machines by hand."));
        assertThat(poked).isEmpty();
    }

    @Test
    void searches_a_huge_network_gently_when_the_owner_agreed() throws Exception {
        new Sweep(() -> Map.copyOf(table), (self, hosts) -> poked.addAll(hosts), pauses::add)
                .large()
                .run(Subnet.parse("10.0.0.1/19").orElseThrow(), SELF, found::add, progress::add);

        assertThat(poked).hasSize(8190);
        assertThat(pauses).hasSize(819 + 18);
    }

    @Test
    void says_so_when_the_adapter_has_vanished() {
        Poke gone =
                (self, hosts) -> {
                    throw new BindException("Cannot assign requested address");
                };

        assertThatThrownBy(() ->
                        new Sweep(Map::of, gone, pauses::add)
                                .run(new Subnet(SELF, 24), SELF, found::add, Amount.IGNORE))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().what())
                                        .isEqualTo("Nothing can be sent from 192.168.1.10."));
    }

    @Test
    void a_real_poke_of_loopback_hosts_is_sent_and_a_foreign_address_is_refused() throws Exception {
        Poke.udp().poke(Ip4.of("127.0.0.1"), List.of(Ip4.of("127.0.0.2"), Ip4.of("127.0.0.3")));

        assertThatThrownBy(
                        () -> Poke.udp().poke(Ip4.of("192.0.2.77"), List.of(Ip4.of("192.0.2.1"))))
                .isInstanceOf(IOException.class);
    }
}
