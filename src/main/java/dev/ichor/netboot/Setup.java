package dev.ichor.netboot;

import dev.ichor.boot.Wire;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.time.InstantSource;
import java.util.function.Predicate;

/// Where and how the boot server runs.
///
/// @param address this PC's address on the chosen adapter
/// @param wire ports and broadcast
/// @param dhcp what we do on the DHCP ports
/// @param clock the time of events
/// @param known the machines we answer: those of the plan, or all
/// @param strangers whether other machines may boot to the page that says they are not in the plan
public record Setup(
        Ip4 address,
        Wire wire,
        DhcpRole dhcp,
        InstantSource clock,
        Predicate<Mac> known,
        boolean strangers) {
    /// Strangers get no answer.
    public Setup(Ip4 address, Wire wire, DhcpRole dhcp, InstantSource clock, Predicate<Mac> known) {
        this(address, wire, dhcp, clock, known, false);
    }

    boolean boots(Mac mac) {
        return strangers || known.test(mac);
    }
}
