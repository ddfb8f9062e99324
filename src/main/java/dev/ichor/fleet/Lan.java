package dev.ichor.fleet;

import dev.ichor.boot.Wire;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// The cable: ports, who hears a broadcast, and how fast things go.
///
/// @param wire ports of this network
/// @param servers where a client's broadcast goes: the router and the PC
/// @param listening clients that hear a server's broadcast now
/// @param pace how long things take
/// @param sleeper lets time pass
/// @param clock for receive time-outs
/// @param random transaction ids
/// @param mishaps what goes wrong with whom
record Lan(
        Wire wire,
        List<InetSocketAddress> servers,
        Set<InetSocketAddress> listening,
        Pace pace,
        Pace.Sleeper sleeper,
        InstantSource clock,
        SecureRandom random,
        Map<Mac, Mishap> mishaps) {
    private static final Duration FOR_EVER = Duration.ofDays(1);

    InetSocketAddress client(Ip4 ip) {
        return new InetSocketAddress(ip.inet(), wire.dhcpClient());
    }

    boolean plays(Hardware h, Mishap mishap) {
        return mishaps.get(h.mac()) == mishap;
    }

    /// Whether that goes wrong with any machine.
    boolean playsAnywhere(Mishap mishap) {
        return mishaps.containsValue(mishap);
    }

    /// Hangs until its power is cut, if that is what goes wrong with it.
    void hangs(Hardware h, Mishap mishap) throws InterruptedException {
        if (plays(h, mishap)) {
            sleep(FOR_EVER);
        }
    }

    /// Waits as long as it would be `real` on a real network.
    void sleepReal(Duration real) throws InterruptedException {
        sleep(Duration.ofMillis((long) (real.toMillis() / pace.haste())));
    }

    void sleep(Duration time) throws InterruptedException {
        sleeper.sleep(time);
    }
}
