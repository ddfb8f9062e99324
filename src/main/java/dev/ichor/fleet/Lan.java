package dev.ichor.fleet;

import dev.ichor.boot.Wire;
import dev.ichor.cluster.Ip4;

import java.net.InetSocketAddress;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.InstantSource;
import java.util.List;
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
record Lan(
        Wire wire,
        List<InetSocketAddress> servers,
        Set<InetSocketAddress> listening,
        Pace pace,
        Pace.Sleeper sleeper,
        InstantSource clock,
        SecureRandom random) {

    InetSocketAddress client(Ip4 ip) {
        return new InetSocketAddress(ip.inet(), wire.dhcpClient());
    }

    void sleep(Duration time) throws InterruptedException {
        sleeper.sleep(time);
    }
}
