package dev.ichor.talos.api;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.talos.Sinks;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// This PC's ears for what the machines of a plan say of themselves: a kernel log each, and one
/// event sink. A port that cannot be had is told, and nobody is sent there.
public final class Ears implements AutoCloseable {
    /// The event sink's; the machines' kernel logs follow, in the order of the plan, so that a node
    /// finds its own again when this program was restarted. Below every system's ephemeral ports.
    public static final int PORT = 19_500;

    /// More machines are not listened to: two sockets each, and nobody reads so many logs.
    private static final int MANY = 200;

    private final Ip4 host;
    private final @Nullable EventSink events;
    private final Map<Mac, KernelLog> logs = new LinkedHashMap<>();

    /// Who is who on the network.
    public interface Who {
        /// Whether a machine has this address now.
        boolean has(Mac mac, Ip4 ip);

        /// The machine of the plan at an address.
        Optional<Mac> at(Ip4 ip);
    }

    private Ears(Ip4 host, @Nullable EventSink events) {
        this.host = host;
        this.events = events;
    }

    /// Opens them.
    ///
    /// @param first this PC's address, and the first of their ports, or 0 for any free ones
    public static Ears open(
            InetSocketAddress first, List<Mac> macs, Who who, BootLog log, InstantSource clock) {
        Ip4 host = Ip4.of(first.getAddress()).orElseThrow();
        Said said = new Said(log, clock);
        if (macs.size() > MANY) {
            return new Ears(host, null);
        }
        Ears ears = new Ears(host, ears(first, who, said, log, clock));
        int port = first.getPort();
        for (Mac mac : macs) {
            port = port == 0 ? 0 : port + 1;
            try {
                InetSocketAddress at = new InetSocketAddress(first.getAddress(), port);
                ears.logs.put(mac, new KernelLog(mac, at, who::has, said));
            } catch (IOException e) {
                down(log, clock, "kernel log of " + mac, e);
            }
        }
        return ears;
    }

    private static @Nullable EventSink ears(
            InetSocketAddress at, Who who, Said said, BootLog log, InstantSource clock) {
        try {
            return new EventSink(at, who::at, said);
        } catch (IOException e) {
            down(log, clock, "event sink", e);
            return null;
        }
    }

    private static void down(BootLog log, InstantSource clock, String service, IOException e) {
        log.append(
                new BootEvent.ServiceDown(
                        clock.instant(), service, String.valueOf(e.getMessage())));
    }

    /// Where a machine is to send.
    public Sinks sinks(Mac mac) {
        KernelLog own = logs.get(mac);
        return new Sinks(host, own == null ? 0 : own.port(), events == null ? 0 : events.port());
    }

    @Override
    public void close() {
        for (KernelLog own : logs.values()) {
            try {
                own.close();
            } catch (IOException e) {
                System.getLogger(Ears.class.getName())
                        .log(System.Logger.Level.DEBUG, "not closed", e);
            }
        }
        if (events != null) {
            events.close();
        }
    }
}
