package dev.ichor.netboot.dhcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;

/// [DhcpPacket] to bytes.
final class Writer {
    private Writer() {}

    static byte[] write(DhcpPacket p) {
        ByteBuffer out = ByteBuffer.allocate(Math.max(Layout.MIN_SIZE, size(p)));
        out.put((byte) p.op()).put((byte) p.htype()).put((byte) p.hlen()).put((byte) p.hops());
        out.putInt(p.xid()).putShort((short) p.secs()).putShort((short) p.flags());
        out.putInt(p.ciaddr()).putInt(p.yiaddr()).putInt(p.siaddr()).putInt(p.giaddr());
        out.put(Layout.CHADDR, p.chaddr());
        out.put(Layout.SNAME, field(p.sname(), Layout.SNAME_SIZE));
        out.put(Layout.FILE, field(p.file(), Layout.FILE_SIZE));
        out.putInt(Layout.COOKIE, Layout.MAGIC);
        out.position(Layout.OPTIONS);
        p.options().forEach((code, value) -> option(out, code, value));
        out.put((byte) DhcpOption.END);
        return out.array();
    }

    private static int size(DhcpPacket p) {
        int size = Layout.OPTIONS + 1;
        for (byte[] v : p.options().values()) {
            size += v.length + 2 * parts(v);
        }
        return size;
    }

    private static int parts(byte[] value) {
        return Math.max(1, Math.ceilDiv(value.length, Layout.MAX_VALUE));
    }

    private static void option(ByteBuffer out, int code, byte[] value) {
        for (int part = 0; part < parts(value); part++) {
            int from = part * Layout.MAX_VALUE;
            int length = Math.min(Layout.MAX_VALUE, value.length - from);
            out.put((byte) code).put((byte) length).put(value, from, length);
        }
    }

    /// Cut so that a NUL always ends it: firmware reads on without one.
    private static byte[] field(String text, int size) {
        byte[] b = text.getBytes(StandardCharsets.ISO_8859_1);
        return Arrays.copyOf(b, Math.min(b.length, size - 1));
    }
}
