package dev.ichor.router;

import java.util.List;

/// How the network boot fields are called in the routers people have, with the values filled in.
public final class Recipes {
    private Recipes() {}

    /// One line a router.
    ///
    /// @param boot what the router shall name
    public static List<String> of(Change.Boot boot) {
        return boot.on() ? set(boot.server(), boot.file()) : List.of();
    }

    private static List<String> set(String server, String file) {
        return List.of(
                "UniFi: Settings, Networks, your network, DHCP options: Network Boot on, first"
                        + " field "
                        + server
                        + ", file name "
                        + file
                        + ", TFTP Server "
                        + server,
                "OPNsense: Services, DHCPv4, your interface, Network booting: next-server "
                        + server
                        + ", every file name "
                        + file,
                "OpenWrt: uci set dhcp.@dnsmasq[0].dhcp_boot='%s,,%s' && uci commit dhcp && service dnsmasq restart"
                        .formatted(file, server),
                "MikroTik: /ip dhcp-server network set [find] next-server=%s boot-file-name=%s"
                        .formatted(server, file),
                "FritzBox: has no such fields; let Ichor answer beside it",
                "dnsmasq: dhcp-boot=%s,,%s".formatted(file, server),
                "ISC dhcpd: next-server %s; filename \"%s\";".formatted(server, file),
                "Kea: \"next-server\": \"%s\", \"boot-file-name\": \"%s\"".formatted(server, file));
    }
}
