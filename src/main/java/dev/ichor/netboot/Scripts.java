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

    /// Says why this machine cannot run Talos, and waits for somebody to switch it off.
    static String stop(String why) {
        return "#!ipxe\n:again\necho ${mac}: " + why + "\nsleep 60\ngoto again\n";
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

    /// What it is made of is told along: x86-64-v2 is SSSE3, CMPXCHG16B, SSE4.1, SSE4.2 and POPCNT
    /// (`cpuid` leaf 1, ecx bits 9, 13, 19, 20, 23). Bit 25 of edx, SSE, is asked first: where
    /// there is no such command, or another kind of processor, nothing is claimed.
    private static String ask(String http) {
        return "set cpu unknown\n"
                + "cpuid 25 && set cpu v1 ||\n"
                + "cpuid --ecx 9 && cpuid --ecx 13 && cpuid --ecx 19 && cpuid --ecx 20"
                + " && cpuid --ecx 23 && set cpu v2 ||\n"
                + "chain --replace --autofree "
                + http
                + "/ipxe?uuid=${uuid}&mac=${mac:hexhyp}&serial=${serial:uristring}"
                + "&arch=${buildarch}&platform=${platform}&memory=${memsize}&cpu=${cpu}"
                + "&maker=${manufacturer:uristring}&product=${product:uristring} ||\n";
    }
}
