package dev.ichor.netboot;

import dev.ichor.cluster.Life;

import java.util.List;
import java.util.function.Predicate;
import java.util.stream.Stream;

/// The iPXE scripts that are ours. All commands are in every iPXE from 1.0.0 on.
final class Scripts {
    /// What Matchbox answers at `/boot.ipxe`.
    static final String BOOT =
            """
            #!ipxe
            chain ipxe?uuid=${uuid}&mac=${mac:hexhyp}&domain=${domain}&hostname=${hostname}\
            &serial=${serial}&arch=${buildarch:uristring}
            """;

    private static final String CONFIG = "talos.config=";
    private static final String WIPE = "talos.experimental.wipe=";
    private static final String HALT = "talos.halt_if_installed";

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
    ///
    /// @param why what else there is to say, or empty
    static String waiting(String http, String why) {
        return "#!ipxe\necho ${mac}: waiting for Approve in Ichor\n"
                + (why.isEmpty() ? "" : "echo " + why + "\n")
                + ":again\nsleep 2\n"
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
        return page + (stay ? askAgain(http) : "sleep 5\n") + fromDisk(0);
    }

    private static String askAgain(String http) {
        return ":ask\n"
                + "prompt --key d --timeout 5000 Press D to start from its disk. && goto disk"
                + " ||\n"
                + ask(http)
                + "dhcp ||\ngoto ask\n:disk\n";
    }

    /// Starts the machine's disk.
    ///
    /// @param before how many times it was told so in vain
    static String disk(int before) {
        return "#!ipxe\necho ${mac}: boots from its disk\n" + fromDisk(before);
    }

    /// Starts the machine's disk. A BIOS is best asked for its first disk; UEFI goes on with its
    /// boot order when a loader ends with an error, and stops in its menu when it ends well (UEFI
    /// 2.10 section 3.1.1). One that comes back has no entry for its disk: then iPXE looks for the
    /// disk's own loader, which older versions cannot.
    ///
    /// @param before how many times it was told so in vain
    private static String fromDisk(int before) {
        String look = "sanboot --no-describe --drive 0 --filename \\EFI\\BOOT\\BOOTX64.EFI || ";
        return """
        iseq ${platform} efi && goto efi || goto bios
        :bios
        sanboot --no-describe --drive 0x80 || exit 1
        :efi
        %sexit 1
        """
                .formatted(before == 0 ? "" : look);
    }

    /// Talos from the network: never with what destroys or halts, and with the token where the
    /// config is asked for.
    static MatchboxJson.Boot network(MatchboxJson.Boot b, Life life, String token) {
        Predicate<String> fits =
                a -> !a.startsWith(WIPE) && !(life == Life.ALWAYS_NETBOOT && a.startsWith(HALT));
        return with(b, args(b).filter(fits).map(a -> tokened(a, token)));
    }

    /// Talos from the network, to wipe the system disk and start again. It needs no config for
    /// that, and shall not ask for one.
    static MatchboxJson.Boot wipe(MatchboxJson.Boot b) {
        Stream<String> others =
                args(b).filter(a ->
                        !a.startsWith(WIPE) && !a.startsWith(HALT) && !a.startsWith(CONFIG));
        return with(b, Stream.concat(others, Stream.of(WIPE + "system")));
    }

    /// What a profile boots, asked for again when something does not arrive.
    static String again(MatchboxJson.Boot b, String http) {
        StringBuilder s = new StringBuilder("#!ipxe\nkernel ").append(b.kernelOrEmpty());
        b.arguments().forEach(a -> s.append(' ').append(a));
        s.append(" || goto again\n");
        b.initrds().forEach(i -> s.append("initrd ").append(i).append(" || goto again\n"));
        return s.append("boot || goto again\n:again\nimgfree\nsleep 2\n")
                .append(ask(http))
                .append("dhcp || sleep 2\ngoto again\n")
                .toString();
    }

    /// A profile may write several arguments into one text.
    private static Stream<String> args(MatchboxJson.Boot b) {
        return b.arguments().stream().flatMap(a -> Stream.of(a.split(" ")));
    }

    private static MatchboxJson.Boot with(MatchboxJson.Boot b, Stream<String> args) {
        List<String> all = args.toList();
        return new MatchboxJson.Boot(b.kernel(), b.initrd(), all);
    }

    private static String tokened(String arg, String token) {
        return arg.startsWith(CONFIG + "http")
                ? arg + (arg.contains("?") ? "&" : "?") + Visitor.TOKEN + "=" + token
                : arg;
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
