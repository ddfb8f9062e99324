package dev.ichor.diagnosis;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Mac;

/// What is wrong with this PC's services or the network, not with one machine.
final class NetworkRules {
    private NetworkRules() {}

    static Finding down(BootEvent.ServiceDown s) {
        return new Finding(
                Cause.SERVICE_DOWN,
                null,
                "Our " + s.service() + " service does not run.",
                s.reason(),
                "Machines cannot boot without it: close the other program, then start the server"
                        + " again.",
                Remedy.NONE,
                s.at());
    }

    static Finding second(BootEvent.OtherServer s) {
        return new Finding(
                Cause.SECOND_SERVER,
                null,
                "Another server, " + s.server() + ", tells machines what to boot.",
                "it names " + s.bootFile(),
                "iPXE obeys the router: take the boot file out of its settings, or switch the other"
                        + " server off.",
                Remedy.PROBE_ROUTER,
                s.at());
    }

    static Finding twins(BootEvent.Heard h, Mac other) {
        return new Finding(
                Cause.SHARED_UUID,
                h.mac(),
                "It shows the same SMBIOS UUID as " + other + ".",
                "UUID " + h.uuid() + " in option 97",
                "Nothing to do here: machines are told apart by MAC. Do not select by UUID in files"
                        + " of your own.",
                Remedy.NONE,
                h.at());
    }
}
