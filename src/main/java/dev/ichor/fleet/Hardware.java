package dev.ichor.fleet;

import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;

import java.util.UUID;

/// One thin client as it lies in the drawer.
///
/// @param mac its identity
/// @param model what is printed on it
/// @param firmware BIOS or UEFI
/// @param uuid SMBIOS system UUID
/// @param serial SMBIOS serial number
/// @param ip the address the router keeps for it
record Hardware(Mac mac, String model, Firmware firmware, UUID uuid, String serial, Ip4 ip) {
    private static final String VENDOR = "Fujitsu";

    boolean uefi() {
        return firmware != Firmware.BIOS;
    }

    Hardware with(Firmware otherFirmware, UUID otherUuid) {
        return new Hardware(mac, model, otherFirmware, otherUuid, serial, ip);
    }

    /// As it would be found once it was heard.
    Machine machine() {
        return new Machine(mac, ip, VENDOR, model, firmware, true);
    }
}
