package dev.ichor.discovery;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Subnet;

import org.apache.commons.net.util.SubnetUtils;

import java.io.IOException;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Finds every machine of a network that answers ARP, without rights of root.
public final class Sweep {
    private static final Duration BEAT = Duration.ofMillis(40);

    /// Beats after the last poke: a slow machine answers ARP within 0.7 s.
    private static final int SETTLE = 18;

    /// The largest network that is swept without asking: 4,094 hosts.
    private static final int LARGEST = 20;

    /// Beyond /22 the system's table of unanswered neighbours overflows silently: 250 hosts/s.
    private static final int GENTLE_BELOW = 22;

    private static final int GENTLE_BATCH = 10;
    private static final long A_MINUTE = 60 * 250;
    private static final int BATCH = 64;

    private final NeighbourTable table;
    private final Poke poke;
    private final Pause pause;
    private final boolean large;

    /// On the real network: `new Sweep(NeighbourTable.system(), Poke.udp(), Thread::sleep)`.
    public Sweep(NeighbourTable table, Poke poke, Pause pause) {
        this(table, poke, pause, false);
    }

    private Sweep(NeighbourTable table, Poke poke, Pause pause, boolean large) {
        this.table = table;
        this.poke = poke;
        this.pause = pause;
        this.large = large;
    }

    /// The same, also for a network larger than /20: the owner was asked.
    public Sweep large() {
        return new Sweep(table, poke, pause, true);
    }

    /// Pokes every host but `self`; `found` hears of each address once, as soon as it answers.
    /// Progress counts addresses.
    ///
    /// @throws ProblemException when the network is larger than /20 and nobody agreed, or nothing
    ///   can be sent
    public void run(Subnet net, Ip4 self, Consumer<Machine> found, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Optional<Problem> question = large ? Optional.empty() : question(net);
        if (question.isPresent()) {
            throw new ProblemException(question.get());
        }
        List<Ip4> hosts = hosts(net).filter(h -> !h.equals(self)).toList();
        Consumer<Map<Ip4, Mac>> rows = newIn(net, found);
        int batch = net.prefix() < GENTLE_BELOW ? GENTLE_BATCH : BATCH;
        for (int i = 0; i < hosts.size(); i += batch) {
            int end = Math.min(hosts.size(), i + batch);
            send(self, hosts.subList(i, end));
            progress.accept(new Amount("Looking at " + net, end, hosts.size()));
            pause.pause(BEAT);
            rows.accept(table.read());
        }
        for (int i = 0; i < SETTLE; i++) {
            pause.pause(BEAT);
            rows.accept(table.read());
        }
    }

    private static Stream<Ip4> hosts(Subnet net) {
        String[] all =
                new SubnetUtils(net.address() + "/" + net.prefix()).getInfo().getAllAddresses();
        return Arrays.stream(all).map(Ip4::of);
    }

    private static Consumer<Map<Ip4, Mac>> newIn(Subnet net, Consumer<Machine> found) {
        Set<Ip4> seen = new HashSet<>();
        return now ->
                now.forEach((ip, mac) -> {
                    if (net.contains(ip) && seen.add(ip)) {
                        found.accept(
                                new Machine(mac, ip, Vendors.of(mac), "", Firmware.UNKNOWN, false));
                    }
                });
    }

    private void send(Ip4 self, List<Ip4> hosts) throws ProblemException {
        try {
            poke.poke(self, hosts);
        } catch (IOException e) {
            throw new ProblemException(
                    new Problem(
                            "Nothing can be sent from " + self + ".",
                            "The system says: " + e.getMessage() + ".",
                            "Check the cable, then choose the network adapter again."),
                    e);
        }
    }

    /// What the owner should know before a network larger than /20 is searched.
    public static Optional<Problem> question(Subnet net) {
        if (net.prefix() >= LARGEST) {
            return Optional.empty();
        }
        long hosts = (1L << (32 - net.prefix())) - 2;
        return Optional.of(
                new Problem(
                        "The network " + net + " is large.",
                        String.format(
                                Locale.ROOT,
                                "It has %,d addresses; looking at all of them takes about %d"
                                        + " minutes.",
                                hosts,
                                Math.ceilDiv(hosts, A_MINUTE)),
                        "Agree to the long search (ichor discover --large), name a part of it, for"
                                + " instance "
                                + net.address()
                                + "/24, or add the machines by hand."));
    }
}
