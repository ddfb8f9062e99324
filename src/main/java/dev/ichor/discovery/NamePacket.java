package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Optional;

/// The two questions by which hosts tell their names: DNS PTR, which multicast DNS responders
/// answer when asked directly (RFC 1035 section 4.1, RFC 6762 section 5.5), and the NetBIOS node
/// status (RFC 1002 section 4.2.17).
final class NamePacket {
    static final int MDNS_PORT = 5353;
    static final int NETBIOS_PORT = 137;
    static final int DNS_PORT = 53;

    private static final int HEADER = 12;
    private static final int TYPE_PTR = 12;
    private static final int TYPE_NBSTAT = 0x21;
    private static final int CLASS_IN = 1;

    /// A label that is a pointer to an earlier one (RFC 1035 section 4.1.4).
    private static final int POINTER = 0xc0;

    private static final int MOST_LABELS = 64;

    /// One entry of a node status: 15 characters, a suffix, two bytes of flags.
    private static final int NETBIOS_ENTRY = 18;

    private static final int NETBIOS_NAME = 15;
    private static final int GROUP = 0x8000;

    private NamePacket() {}

    /// Asks for the name of an address: `4.3.2.1.in-addr.arpa`.
    static byte[] ptr(Ip4 ip) {
        byte[] b = ip.bytes();
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        for (int i = 3; i >= 0; i--) {
            label(name, Integer.toString(b[i] & 0xff));
        }
        label(name, "in-addr");
        label(name, "arpa");
        name.write(0);
        return question(name.toByteArray(), TYPE_PTR);
    }

    /// Asks for all names of a node: the name `*`, filled with zeros, each half octet as a letter
    /// (RFC 1001 section 14.1).
    static byte[] nodeStatus() {
        ByteArrayOutputStream name = new ByteArrayOutputStream();
        label(name, "CK" + "A".repeat(30));
        name.write(0);
        return question(name.toByteArray(), TYPE_NBSTAT);
    }

    private static byte[] question(byte[] name, int type) {
        return ByteBuffer.allocate(HEADER + name.length + 4)
                .putShort((short) 1)
                .putShort((short) 0)
                .putShort((short) 1)
                .position(HEADER)
                .put(name)
                .putShort((short) type)
                .putShort((short) CLASS_IN)
                .array();
    }

    private static void label(ByteArrayOutputStream out, String text) {
        out.write(text.length());
        out.writeBytes(text.getBytes(StandardCharsets.US_ASCII));
    }

    /// Whose name was asked for in an answer to [#ptr].
    ///
    /// @return empty when the packet is no such answer
    static Optional<Ip4> asked(ByteBuffer packet) {
        try {
            ByteBuffer p = packet.duplicate().order(java.nio.ByteOrder.BIG_ENDIAN).position(HEADER);
            List<String> labels = List.of(domain(p).split("\\."));
            return labels.size() == 6 && labels.get(4).equalsIgnoreCase("in-addr")
                    ? Ip4.parse(String.join(".", labels.subList(0, 4).reversed()))
                    : Optional.empty();
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// The host name in an answer to either question, without its domain.
    ///
    /// @return empty when the packet is no such answer
    static Optional<String> name(ByteBuffer packet) {
        try {
            return read(packet.duplicate().order(java.nio.ByteOrder.BIG_ENDIAN));
        } catch (java.nio.BufferUnderflowException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    private static Optional<String> read(ByteBuffer p) {
        if (p.remaining() < HEADER || (p.getShort(2) & 0x8000) == 0) {
            return Optional.empty();
        }
        int questions = p.getShort(4) & 0xffff;
        int answers = p.getShort(6) & 0xffff;
        p.position(HEADER);
        for (int i = 0; i < Math.min(questions, MOST_LABELS); i++) {
            domain(p);
            p.position(p.position() + 4);
        }
        for (int i = 0; i < Math.min(answers, MOST_LABELS); i++) {
            domain(p);
            int type = p.getShort() & 0xffff;
            p.position(p.position() + 6);
            int length = p.getShort() & 0xffff;
            int end = p.position() + length;
            if (type == TYPE_PTR) {
                return host(domain(p));
            }
            if (type == TYPE_NBSTAT) {
                return unique(p);
            }
            p.position(end);
        }
        return Optional.empty();
    }

    private static Optional<String> unique(ByteBuffer p) {
        int count = p.get() & 0xff;
        for (int i = 0; i < count; i++) {
            byte[] entry = new byte[NETBIOS_ENTRY];
            p.get(entry);
            int flags = (entry[16] & 0xff) << 8 | (entry[17] & 0xff);
            if (entry[NETBIOS_NAME] == 0 && (flags & GROUP) == 0) {
                return host(new String(entry, 0, NETBIOS_NAME, StandardCharsets.US_ASCII).strip());
            }
        }
        return Optional.empty();
    }

    /// Only letters, digits and hyphens: what else may come from the wire is not shown.
    static Optional<String> host(String domain) {
        String first = domain.split("\\.", 2)[0];
        return first.matches("[A-Za-z0-9]([A-Za-z0-9-]{0,61}[A-Za-z0-9])?")
                ? Optional.of(first.toLowerCase(java.util.Locale.ROOT))
                : Optional.empty();
    }

    /// Reads a domain name and stops behind it, also where it ends in a pointer.
    private static String domain(ByteBuffer p) {
        StringBuilder name = new StringBuilder();
        int back = -1;
        for (int i = 0; i < MOST_LABELS; i++) {
            int length = p.get() & 0xff;
            if (length == 0) {
                p.position(back < 0 ? p.position() : back);
                return name.toString();
            }
            if (length >= POINTER) {
                int to = (length & 0x3f) << 8 | (p.get() & 0xff);
                back = back < 0 ? p.position() : back;
                p.position(to);
                continue;
            }
            byte[] label = new byte[length];
            p.get(label);
            name.append(name.isEmpty() ? "" : ".")
                    .append(new String(label, StandardCharsets.ISO_8859_1));
        }
        throw new IllegalArgumentException("a name without end");
    }
}
