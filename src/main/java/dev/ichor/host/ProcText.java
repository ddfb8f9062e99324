package dev.ichor.host;

import dev.ichor.cluster.Ip4;

import java.util.ArrayList;
import java.util.HexFormat;
import java.util.List;
import java.util.Optional;
import java.util.regex.Pattern;

/// Reads Linux' tables of sockets and routes (proc(5)). Addresses in them are hexadecimal, in the
/// byte order of the processor.
final class ProcText {
    private static final Pattern BLANKS = Pattern.compile("\\s+");

    /// `TCP_LISTEN` and, of a UDP socket that is not connected, `TCP_CLOSE` (linux/tcp_states.h).
    private static final String LISTENING = "0A";

    private static final String UNCONNECTED = "07";

    /// An IPv4 address of an IPv6 socket (RFC 4291 section 2.5.5.2), in words of 32 bits.
    private static final String MAPPED = "0000000000000000FFFF0000";

    private static final int IPV4_DIGITS = 8;
    private static final int INODE = 9;

    /// `RTF_GATEWAY` of linux/route.h.
    private static final int TO_GATEWAY = 2;

    private ProcText() {}

    /// A socket that waits for whoever comes.
    ///
    /// @param inode its number, by which its process is found
    record Socket(Ip4 address, int port, long inode) {}

    /// `/proc/net/udp`, `udp6`, `tcp` or `tcp6`. An IPv6 socket that takes all takes IPv4, too.
    static List<Socket> sockets(String text) {
        List<Socket> all = new ArrayList<>();
        for (String line : text.lines().skip(1).toList()) {
            String[] w = BLANKS.split(line.strip());
            if (w.length > INODE && (w[3].equals(LISTENING) || w[3].equals(UNCONNECTED))) {
                socket(w[1], w[INODE]).ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<Socket> socket(String local, String inode) {
        int colon = local.indexOf(':');
        try {
            return address(local.substring(0, colon))
                    .map(ip ->
                            new Socket(
                                    ip,
                                    Integer.parseInt(local.substring(colon + 1), 16),
                                    Long.parseLong(inode)));
        } catch (NumberFormatException | StringIndexOutOfBoundsException e) {
            return Optional.empty();
        }
    }

    private static Optional<Ip4> address(String hex) {
        if (hex.length() == IPV4_DIGITS) {
            return Optional.of(ip(hex));
        }
        if (hex.startsWith(MAPPED)) {
            return Optional.of(ip(hex.substring(MAPPED.length())));
        }
        return hex.chars().allMatch(c -> c == '0') ? Optional.of(Ip4.NONE) : Optional.empty();
    }

    private static Ip4 ip(String hex) {
        return new Ip4(Integer.reverseBytes(HexFormat.fromHexDigits(hex)));
    }

    /// The gateways of `/proc/net/route`: interface, destination, gateway, flags.
    static List<Ip4> gateways(String text) {
        List<Ip4> all = new ArrayList<>();
        for (String line : text.lines().skip(1).toList()) {
            String[] w = BLANKS.split(line.strip());
            if (w.length > 3 && w[1].equals("00000000") && (hex(w[3]) & TO_GATEWAY) != 0) {
                all.add(ip(w[2]));
            }
        }
        return all;
    }

    private static int hex(String digits) {
        try {
            return Integer.parseInt(digits, 16);
        } catch (NumberFormatException e) {
            return 0;
        }
    }
}
