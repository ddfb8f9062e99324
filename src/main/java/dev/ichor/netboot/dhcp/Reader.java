package dev.ichor.netboot.dhcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// Bytes to [DhcpPacket].
final class Reader {
    private static final int FILE_HAS_OPTIONS = 1;
    private static final int SNAME_HAS_OPTIONS = 2;

    private final ByteBuffer in;
    private final SequencedMap<Integer, byte[]> options = new LinkedHashMap<>();

    private Reader(ByteBuffer in) {
        this.in = in;
    }

    static Optional<DhcpPacket> read(ByteBuffer in) {
        if (in.limit() < Layout.OPTIONS || in.getInt(Layout.COOKIE) != Layout.MAGIC) {
            return Optional.empty();
        }
        int op = in.get(0);
        boolean known = op == DhcpPacket.BOOTREQUEST || op == DhcpPacket.BOOTREPLY;
        return known && octet(in, 2) <= Layout.CHADDR_SIZE
                ? new Reader(in).packet()
                : Optional.empty();
    }

    private Optional<DhcpPacket> packet() {
        if (!options(Layout.OPTIONS, in.limit())) {
            return Optional.empty();
        }
        byte[] o = options.remove(DhcpOption.OVERLOAD);
        int overload = o == null || o.length != 1 ? 0 : o[0];
        boolean inFile = (overload & FILE_HAS_OPTIONS) != 0;
        boolean inName = (overload & SNAME_HAS_OPTIONS) != 0;
        // RFC 3396 section 5 fixes the order: options, file, sname.
        if (inFile && !options(Layout.FILE, Layout.FILE + Layout.FILE_SIZE)
                || inName && !options(Layout.SNAME, Layout.SNAME + Layout.SNAME_SIZE)) {
            return Optional.empty();
        }
        options.remove(DhcpOption.OVERLOAD);
        return Optional.of(
                new DhcpPacket(
                        octet(in, 0),
                        octet(in, 1),
                        octet(in, 2),
                        octet(in, 3),
                        in.getInt(4),
                        in.getShort(8) & 0xffff,
                        in.getShort(10) & 0xffff,
                        in.getInt(12),
                        in.getInt(16),
                        in.getInt(20),
                        in.getInt(24),
                        bytes(Layout.CHADDR, Layout.CHADDR_SIZE),
                        inName ? "" : text(Layout.SNAME, Layout.SNAME_SIZE),
                        inFile ? "" : text(Layout.FILE, Layout.FILE_SIZE),
                        options));
    }

    /// Reads options up to END or `to`.
    ///
    /// @return false when one is cut off
    private boolean options(int from, int to) {
        int i = from;
        while (i < to && octet(in, i) != DhcpOption.END) {
            int code = octet(in, i++);
            if (code == DhcpOption.PAD) {
                continue;
            }
            if (i >= to || i + 1 + octet(in, i) > to) {
                return false;
            }
            int length = octet(in, i);
            options.merge(code, bytes(i + 1, length), Reader::join);
            i += 1 + length;
        }
        return true;
    }

    private static byte[] join(byte[] a, byte[] b) {
        byte[] both = Arrays.copyOf(a, a.length + b.length);
        System.arraycopy(b, 0, both, a.length, b.length);
        return both;
    }

    private String text(int from, int size) {
        String all = new String(bytes(from, size), StandardCharsets.ISO_8859_1);
        int end = all.indexOf('\0');
        return end < 0 ? all : all.substring(0, end);
    }

    private byte[] bytes(int from, int size) {
        byte[] b = new byte[size];
        in.get(from, b);
        return b;
    }

    private static int octet(ByteBuffer in, int at) {
        return in.get(at) & 0xff;
    }
}
