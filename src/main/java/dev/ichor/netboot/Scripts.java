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

    /// From the first disk where a BIOS is told so, else the firmware's next boot entry.
    private static final String DISK =
            "iseq ${platform} pcbios && sanboot --no-describe --drive 0x80 ||\nexit\n";

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

    /// What a machine that is not in the plan is shown.
    ///
    /// @param stay whether it may ask again until it is in the plan; else it goes on to its disk
    static String notInPlan(String http, boolean stay) {
        String page =
                """
                #!ipxe
                echo
                echo This machine is not in the plan; add it in Ichor.
                echo
                echo MAC    ${mac}
                echo UUID   ${uuid}
                echo Serial ${serial}
                echo
                """;
        return page + (stay ? askAgain(http) : "sleep 5\n") + DISK;
    }

    private static String askAgain(String http) {
        return ":ask\n"
                + "prompt --key d --timeout 5000 Press D to start from its disk. && goto disk"
                + " ||\n"
                + ask(http)
                + "dhcp ||\ngoto ask\n:disk\n";
    }

    private static String ask(String http) {
        return "chain --replace --autofree "
                + http
                + "/ipxe?uuid=${uuid}&mac=${mac:hexhyp}&serial=${serial}&arch=${buildarch}"
                + "&platform=${platform} ||\n";
    }
}
