package dev.ichor.cluster;

import org.jspecify.annotations.Nullable;

import java.util.Collections;
import java.util.Set;
import java.util.SortedSet;
import java.util.TreeSet;

/// One machine that was found on the network, or added by hand.
///
/// @param mac its identity
/// @param ip last address seen, or null
/// @param vendor maker by the MAC's prefix, or empty
/// @param name what the network calls it (DHCP, DNS or NetBIOS host name), or empty
/// @param firmware how it boots, once it has asked for a network boot
/// @param pxe whether it was heard asking for a network boot
/// @param hardware what it told of itself
/// @param ports TCP ports that answered
public record Machine(
        Mac mac,
        @Nullable Ip4 ip,
        String vendor,
        String name,
        Firmware firmware,
        boolean pxe,
        Hardware hardware,
        SortedSet<Integer> ports) {
    /// The Talos API: a machine that runs Talos already, with or without a config.
    public static final int TALOS_API = 50000;

    /// Makers of thin clients and small PCs that people net-boot, as the vendor table names them.
    private static final Set<String> THIN =
            Set.of("Fujitsu", "Wyse", "Dell", "HP", "IGEL", "Lenovo", "NComputing", "Clientron");

    /// Copies the ports.
    public Machine {
        ports = Collections.unmodifiableSortedSet(new TreeSet<>(ports));
    }

    /// Without hardware and ports.
    public Machine(
            Mac mac, @Nullable Ip4 ip, String vendor, String name, Firmware firmware, boolean pxe) {
        this(mac, ip, vendor, name, firmware, pxe, Hardware.UNKNOWN, Collections.emptySortedSet());
    }

    /// A machine of which only the MAC is known.
    public static Machine of(Mac mac) {
        return new Machine(mac, null, "", "", Firmware.UNKNOWN, false);
    }

    /// With another name.
    public Machine named(String other) {
        return new Machine(mac, ip, vendor, other, firmware, pxe, hardware, ports);
    }

    /// With its maker.
    public Machine made(String by) {
        return new Machine(mac, ip, by, name, firmware, pxe, hardware, ports);
    }

    /// With what it told of itself.
    public Machine with(Hardware told) {
        return new Machine(mac, ip, vendor, name, firmware, pxe, told, ports);
    }

    /// With TCP ports that answered.
    public Machine open(SortedSet<Integer> answered) {
        return new Machine(mac, ip, vendor, name, firmware, pxe, hardware, answered);
    }

    /// Whether it is probably one of the machines the owner means: it asked for a network boot or
    /// runs Talos already, or a maker of thin clients built it and nothing answers on it.
    public boolean likely() {
        return pxe || ports.contains(TALOS_API) || (ports.isEmpty() && THIN.contains(vendor));
    }

    /// Whether it can be that, as far as it told of itself.
    public boolean fits(Role role) {
        return Fitness.of(hardware, role, name).isEmpty();
    }

    /// What both sightings know together; `newer` wins where both know something.
    public Machine merge(Machine newer) {
        SortedSet<Integer> all = new TreeSet<>(ports);
        all.addAll(newer.ports);
        return new Machine(
                mac,
                newer.ip != null ? newer.ip : ip,
                newer.vendor.isEmpty() ? vendor : newer.vendor,
                newer.name.isEmpty() ? name : newer.name,
                newer.firmware == Firmware.UNKNOWN ? firmware : newer.firmware,
                pxe || newer.pxe,
                hardware.merge(newer.hardware),
                all);
    }
}
