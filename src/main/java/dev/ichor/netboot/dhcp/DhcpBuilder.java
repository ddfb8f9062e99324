package dev.ichor.netboot.dhcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.SequencedMap;

/// Builds a [DhcpPacket], as a client or as a server.
public final class DhcpBuilder {
    private static final int ETHERNET = 1;
    private static final int MAC_SIZE = 6;

    private int op;
    private int htype;
    private int hlen;
    private int hops;
    private int xid;
    private int secs;
    private int flags;
    private int ciaddr;
    private int yiaddr;
    private int siaddr;
    private int giaddr;
    private byte[] chaddr;
    private String sname;
    private String file;
    private final SequencedMap<Integer, byte[]> options;

    DhcpBuilder(DhcpPacket p) {
        op = p.op();
        htype = p.htype();
        hlen = p.hlen();
        hops = p.hops();
        xid = p.xid();
        secs = p.secs();
        flags = p.flags();
        ciaddr = p.ciaddr();
        yiaddr = p.yiaddr();
        siaddr = p.siaddr();
        giaddr = p.giaddr();
        chaddr = p.chaddr();
        sname = p.sname();
        file = p.file();
        options = new LinkedHashMap<>(p.options());
    }

    private DhcpBuilder(int op, int xid, byte[] chaddr) {
        this.op = op;
        this.htype = ETHERNET;
        this.hlen = MAC_SIZE;
        this.xid = xid;
        this.chaddr = chaddr;
        this.sname = "";
        this.file = "";
        this.options = new LinkedHashMap<>();
    }

    /// A client's packet.
    ///
    /// @param mac six octets
    public static DhcpBuilder request(MessageType type, int xid, byte[] mac) {
        return new DhcpBuilder(DhcpPacket.BOOTREQUEST, xid, mac).type(type);
    }

    /// A server's answer: transaction, flags, relay and hardware address are those of the request
    /// (RFC 2131 table 3).
    public static DhcpBuilder reply(DhcpPacket to, MessageType type) {
        DhcpBuilder b = new DhcpBuilder(DhcpPacket.BOOTREPLY, to.xid(), to.chaddr());
        b.htype = to.htype();
        b.hlen = to.hlen();
        b.flags = to.flags();
        b.giaddr = to.giaddr();
        return b.type(type);
    }

    /// Sets option 53.
    public DhcpBuilder type(MessageType type) {
        return option(DhcpOption.MESSAGE_TYPE, (byte) type.code());
    }

    /// Sets `xid`.
    public DhcpBuilder xid(int value) {
        xid = value;
        return this;
    }

    /// Sets `hops`.
    public DhcpBuilder hops(int value) {
        hops = value;
        return this;
    }

    /// Sets `secs`.
    public DhcpBuilder secs(int value) {
        secs = value;
        return this;
    }

    /// Sets `flags`, for instance [DhcpPacket#BROADCAST].
    public DhcpBuilder flags(int value) {
        flags = value;
        return this;
    }

    /// Sets `ciaddr`.
    public DhcpBuilder ciaddr(int address) {
        ciaddr = address;
        return this;
    }

    /// Sets `yiaddr`.
    public DhcpBuilder yiaddr(int address) {
        yiaddr = address;
        return this;
    }

    /// Sets `siaddr`.
    public DhcpBuilder siaddr(int address) {
        siaddr = address;
        return this;
    }

    /// Sets `giaddr`.
    public DhcpBuilder giaddr(int address) {
        giaddr = address;
        return this;
    }

    /// Sets `sname`; at most 63 characters are sent.
    public DhcpBuilder sname(String name) {
        sname = name;
        return this;
    }

    /// Sets `file`; at most 127 characters are sent.
    public DhcpBuilder file(String name) {
        file = name;
        return this;
    }

    /// Sets an option's octets.
    public DhcpBuilder option(int code, byte... value) {
        options.put(code, value.clone());
        return this;
    }

    /// Sets an option to a text, without NUL.
    public DhcpBuilder option(int code, String value) {
        return option(code, value.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// Sets an option to an address, or to another number of 32 bits.
    public DhcpBuilder address(int code, int address) {
        return option(code, ByteBuffer.allocate(4).putInt(address).array());
    }

    /// Sets option 93 (RFC 4578 section 2.1).
    public DhcpBuilder arch(int architecture) {
        return option(DhcpOption.ARCHITECTURE, (byte) (architecture >> 8), (byte) architecture);
    }

    /// Sets option 97 from a UUID's text.
    public DhcpBuilder uuid(String text) {
        byte[] u = java.util.HexFormat.of().parseHex(text.replace("-", ""));
        byte[] v = new byte[17];
        for (int i = 0; i < 16; i++) {
            v[1 + Layout.UUID_ORDER[i]] = u[i];
        }
        return option(DhcpOption.MACHINE_ID, v);
    }

    /// Takes an option away.
    public DhcpBuilder without(int code) {
        options.remove(code);
        return this;
    }

    /// The packet.
    public DhcpPacket build() {
        return new DhcpPacket(
                op,
                htype,
                hlen,
                hops,
                xid,
                secs,
                flags,
                ciaddr,
                yiaddr,
                siaddr,
                giaddr,
                Arrays.copyOf(chaddr, Layout.CHADDR_SIZE),
                sname,
                file,
                options);
    }
}
