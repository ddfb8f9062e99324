package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import java.time.Instant;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Set;
import java.util.function.Function;
import java.util.function.Predicate;

/// Tells what was seen on the DHCP ports, off the receiving threads. A flood from made-up MACs is
/// told up to a point, and machines of the plan always.
final class DhcpNews implements AutoCloseable {
    /// So many different machines that are not in the plan are told of.
    private static final int MAX_STRANGERS = 1024;

    private final Reporter reporter;
    private final Predicate<Mac> known;
    private final Later later = new Later("dhcp-news");
    private final Set<Mac> strangers = new HashSet<>(); // only touched by `later`
    private final Map<Ip4, String> servers = new HashMap<>(); // as well

    DhcpNews(Reporter reporter, Predicate<Mac> known) {
        this.reporter = reporter;
        this.known = known;
    }

    void heard(DhcpPacket p, Mac mac, MessageType type) {
        int key = type == MessageType.DISCOVER ? p.xid() : ~p.xid();
        packet(
                key,
                mac,
                at ->
                        new BootEvent.Heard(
                                at,
                                mac,
                                Proxy.isPxe(p),
                                p.isIpxe(),
                                Arch.firmware(Arch.of(p)),
                                p.uuid(),
                                p.xid()));
    }

    void leased(DhcpPacket p, Mac mac, Ip4 ip) {
        packet(p.xid(), mac, at -> new BootEvent.Leased(at, mac, ip));
    }

    void offered(DhcpPacket p, Mac mac, String file) {
        packet(p.xid(), mac, at -> new BootEvent.Offered(at, mac, file));
    }

    /// Told a moment later, with the time it came.
    private void packet(int key, Mac mac, Function<Instant, BootEvent> event) {
        Instant seen = reporter.now();
        later(mac, () -> reporter.tellPacket(seen, key, event));
    }

    void ignored(Mac mac, String reason) {
        later(mac, () -> reporter.once(mac.toString(), reason));
    }

    /// It is asked again and again; told is what has changed.
    void otherServer(Ip4 server, String bootFile) {
        later.run(() -> {
            if (servers.size() < MAX_STRANGERS && !bootFile.equals(servers.put(server, bootFile))) {
                reporter.tell(at -> new BootEvent.OtherServer(at, server, bootFile));
            }
        });
    }

    private void later(Mac mac, Runnable news) {
        later.run(() -> {
            if (known.test(mac) || strangers.contains(mac) || admit(mac)) {
                news.run();
            }
        });
    }

    private boolean admit(Mac mac) {
        if (strangers.size() < MAX_STRANGERS) {
            return strangers.add(mac);
        }
        reporter.once(
                "many machines",
                "More than "
                        + MAX_STRANGERS
                        + " unknown machines ask; further ones are not shown.");
        return false;
    }

    @Override
    public void close() {
        later.close();
    }
}
