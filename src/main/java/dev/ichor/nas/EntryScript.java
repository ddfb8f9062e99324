package dev.ichor.nas;

/// The script iPXE begins with when it comes from a NAS.
final class EntryScript {
    private EntryScript() {}

    /// Asks for the machine's script until it gets it. `dhcp` is called even when there is an
    /// address: the interface may be closed though the address of the firmware is still shown (seen
    /// with iPXE 1.21.1).
    ///
    /// @param http `http://IP:PORT`
    static String of(String http) {
        return "#!ipxe\n:again\nchain --replace --autofree "
                + http
                + "/ipxe?uuid=${uuid}&mac=${mac:hexhyp}&serial=${serial:uristring}"
                + "&arch=${buildarch}&platform=${platform} ||\n"
                + "dhcp || sleep 2\nsleep 1\ngoto again\n";
    }
}
