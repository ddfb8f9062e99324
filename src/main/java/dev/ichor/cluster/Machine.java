package dev.ichor.cluster;

import org.jspecify.annotations.Nullable;

/// One machine that was found on the network, or added by hand.
///
/// @param mac its identity
/// @param ip last address seen, or null
/// @param vendor maker by the MAC's prefix, or empty
/// @param name what the network calls it (DHCP host name, model hint), or empty
/// @param firmware how it boots, once it has asked for a network boot
/// @param pxe whether it was heard asking for a network boot
public record Machine(
        Mac mac, @Nullable Ip4 ip, String vendor, String name, Firmware firmware, boolean pxe) {

    /// A machine of which only the MAC is known.
    public static Machine of(Mac mac) {
        return new Machine(mac, null, "", "", Firmware.UNKNOWN, false);
    }

    /// What both sightings know together; `newer` wins where both know something.
    public Machine merge(Machine newer) {
        return new Machine(
                mac,
                newer.ip != null ? newer.ip : ip,
                newer.vendor.isEmpty() ? vendor : newer.vendor,
                newer.name.isEmpty() ? name : newer.name,
                newer.firmware == Firmware.UNKNOWN ? firmware : newer.firmware,
                pxe || newer.pxe);
    }
}
