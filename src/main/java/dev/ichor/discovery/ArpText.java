package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.regex.Pattern;

/// Reads what systems print of their ARP tables.
final class ArpText {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// `ATF_COM` of Linux' `if_arp.h`: the address is resolved.
    private static final int COMPLETE = 2;

    private static final String ETHERNET = "0x1";

    private ArpText() {}

    /// `/proc/net/arp`: address, hardware type, flags, MAC, mask, device (proc(5)).
    static Map<Ip4, Mac> linux(String text) {
        Map<Ip4, Mac> table = new TreeMap<>();
        for (String line : text.lines().skip(1).toList()) {
            String[] w = BLANKS.split(line.strip());
            if (w.length >= 4 && w[1].equals(ETHERNET) && (flags(w[2]) & COMPLETE) != 0) {
                put(table, w[0], w[3]);
            }
        }
        return table;
    }

    /// `arp -a` of Windows: address, MAC with hyphens, kind. The words around depend on the
    /// system's language and are not looked at.
    static Map<Ip4, Mac> windows(String text) {
        Map<Ip4, Mac> table = new TreeMap<>();
        for (String line : text.lines().toList()) {
            String[] w = BLANKS.split(line.strip());
            if (w.length >= 2 && w[1].indexOf('-') == 2) {
                put(table, w[0], w[1]);
            }
        }
        return table;
    }

    private static int flags(String hex) {
        try {
            return Integer.decode(hex);
        } catch (NumberFormatException e) {
            return 0;
        }
    }

    private static void put(Map<Ip4, Mac> table, String ip, String mac) {
        Optional<Ip4> i = Ip4.parse(ip);
        Optional<Mac> m = Mac.parse(mac).filter(ArpText::isOneMachine);
        if (i.isPresent() && m.isPresent()) {
            table.put(i.get(), m.get());
        }
    }

    /// Neither a group address (lowest bit of the first octet, IEEE 802) nor zero.
    static boolean isOneMachine(Mac mac) {
        return mac.value() != 0 && (mac.value() >> 40 & 1) == 0;
    }
}
