package dev.ichor.netboot;

import dev.ichor.cluster.Mac;
import dev.ichor.netboot.dhcp.DhcpPacket;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.Map;

/// Notices a packet that two sockets delivered: a broadcast may reach both. Safe for many threads.
final class Echo {
    private static final Duration WINDOW = Duration.ofMillis(50);
    private static final int MAX = 4096;

    private final Map<Key, Long> last = new LinkedHashMap<>();

    private record Key(Mac mac, int op, int xid, int type, int secs) {}

    /// @param now of [System#nanoTime]
    synchronized boolean seen(DhcpPacket p, long now) {
        int type = p.messageType().map(Enum::ordinal).orElse(-1);
        Key key = new Key(Mac.of(p.chaddr()), p.op(), p.xid(), type, p.secs());
        Long before = last.remove(key);
        last.put(key, now);
        if (last.size() > MAX) {
            last.remove(last.keySet().iterator().next());
        }
        return before != null && now - before < WINDOW.toNanos();
    }
}
