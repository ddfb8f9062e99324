package dev.ichor.netboot;

/// The iPXE scripts that are ours.
final class Scripts {
    /// What Matchbox answers at `/boot.ipxe`.
    static final String BOOT =
            """
            #!ipxe
            chain ipxe?uuid=${uuid}&mac=${mac:hexhyp}&domain=${domain}&hostname=${hostname}\
            &serial=${serial}&arch=${buildarch:uristring}
            """;

    private Scripts() {}

    /// Asks for the machine's script until it gets it. `dhcp` is called even when there is an
    /// address: the interface may be closed though the address of the firmware is still shown.
    ///
    /// @param http `http://IP:PORT`
    static String entry(String http) {
        return "#!ipxe\n:again\n" + ask(http) + "dhcp || sleep 2\nsleep 1\ngoto again\n";
    }

    /// Says that the owner has to approve, and asks again soon.
    static String waiting(String http) {
        return "#!ipxe\necho ${mac}: waiting for Approve in Ichor\n:again\nsleep 2\n"
                + ask(http)
                + "dhcp || sleep 2\ngoto again\n";
    }

    private static String ask(String http) {
        return "chain --replace --autofree "
                + http
                + "/ipxe?uuid=${uuid}&mac=${mac:hexhyp}&serial=${serial}&arch=${buildarch}"
                + "&platform=${platform} ||\n";
    }
}
