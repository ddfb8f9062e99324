package dev.ichor.diagnosis;

import dev.ichor.cluster.PortOwner;

import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// A program that is known for having the ports of a boot server.
///
/// @param name in the owner's words
/// @param cure what to do about it
record Program(String name, String cure) {
    /// @param service a Windows service, or empty
    /// @param image what the file is called
    private record Known(String service, Pattern image, Program program) {
        static Known service(String service, String name, String cure) {
            return new Known(service, NOTHING, new Program(name, cure));
        }

        static Known image(String pattern, String name, String cure) {
            return new Known("", Pattern.compile(pattern), new Program(name, cure));
        }

        boolean fits(PortOwner o) {
            return o.services().stream().anyMatch(service::equalsIgnoreCase)
                    || image.matcher(o.program().toLowerCase(Locale.ROOT)).matches();
        }
    }

    private static final Pattern NOTHING = Pattern.compile("(?!)");

    private static final String STOP_SERVICE =
            "Stop it in Windows' list of services, and set it to start by hand.";

    private static final String CLOSE = "Close it: Ichor does what it does.";

    private static final List<Known> ALL =
            List.of(
                    Known.service(
                            "SharedAccess",
                            "Internet Connection Sharing of Windows (SharedAccess)",
                            "Switch sharing off in the properties of the network adapter, or stop"
                                    + " the service as administrator: net stop SharedAccess"),
                    Known.service(
                            "hns",
                            "Hyper-V's network (HNS)",
                            "Its Default Switch hands out addresses on this PC. Stop it as"
                                    + " administrator while the machines boot: net stop hns"),
                    Known.image(
                            "vmms\\.exe|vmcompute\\.exe|vmwp\\.exe",
                            "Hyper-V",
                            "Switch its virtual machines off while the others boot."),
                    Known.service(
                            "WDSServer",
                            "Windows Deployment Services (WDS)",
                            "Stop it as administrator: net stop WDSServer"),
                    Known.service("DHCPServer", "Windows' DHCP server", STOP_SERVICE),
                    Known.image("tftpd(32|64).*", "Tftpd64", CLOSE),
                    Known.image("serva.*", "Serva", CLOSE),
                    Known.image(
                            "dnsmasq",
                            "dnsmasq",
                            "Stop it: sudo systemctl stop dnsmasq. If it serves virtual machines"
                                    + " (libvirt): sudo virsh net-destroy default"),
                    Known.image(
                            "in\\.tftpd|tftpd",
                            "the TFTP server of this system",
                            "Stop it: sudo systemctl stop tftpd-hpa"),
                    Known.image(
                            "dhcpd|kea-dhcp4",
                            "a DHCP server on this PC",
                            "Stop it, or serve on another adapter."),
                    Known.image(
                            "docker-proxy|com\\.docker\\.backend.*",
                            "Docker",
                            "Stop the container that publishes this port: docker ps shows it."),
                    Known.image("matchbox", "a Matchbox", CLOSE),
                    Known.image(
                            "ichor",
                            "another Ichor",
                            "Close the other window, or stop its serve command."));

    /// @return what it is, and else its own name
    static Program of(PortOwner owner) {
        return ALL.stream()
                .filter(k -> k.fits(owner))
                .map(Known::program)
                .findFirst()
                .orElseGet(() -> unknown(owner));
    }

    private static Program unknown(PortOwner o) {
        String name =
                o.services().isEmpty() || !o.program().equalsIgnoreCase("svchost.exe")
                        ? o.program()
                        : "the Windows service " + String.join(", ", o.services());
        return name.isEmpty()
                ? new Program(
                        "another program",
                        "Which one it is says: sudo ss -lunpt 'sport = :" + o.port() + "'")
                : new Program(name, "Close it while the machines boot.");
    }
}
