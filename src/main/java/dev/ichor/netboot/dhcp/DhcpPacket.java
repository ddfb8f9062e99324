package dev.ichor.netboot.dhcp;

import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// One DHCP packet (RFC 2131 section 2). Addresses are ints, first octet highest.
///
/// @param op 1 from a client, 2 from a server
/// @param htype hardware type, 1 for Ethernet
/// @param hlen octets of `chaddr` that count, at most 16
/// @param hops relays passed
/// @param xid transaction id
/// @param secs seconds since the client began
/// @param flags bit 15: the client asks for a broadcast answer
/// @param ciaddr the client's address, when it has one
/// @param yiaddr the address given to it
/// @param siaddr the server of the next step
/// @param giaddr the relay's address
/// @param chaddr the client's hardware address, 16 octets
/// @param sname server name, or empty
/// @param file boot file name, or empty
/// @param options code to value in the order of the packet, parts of one code joined (RFC 3396)
@SuppressWarnings("ArrayRecordComponent") // equals and the accessor below see to it
public record DhcpPacket(
        int op,
        int htype,
        int hlen,
        int hops,
        int xid,
        int secs,
        int flags,
        int ciaddr,
        int yiaddr,
        int siaddr,
        int giaddr,
        byte[] chaddr,
        String sname,
        String file,
        SequencedMap<Integer, byte[]> options) {
    /// `op` of a client's packet (RFC 2131 figure 1).
    public static final int BOOTREQUEST = 1;

    /// `op` of a server's packet (RFC 2131 figure 1).
    public static final int BOOTREPLY = 2;

    /// The broadcast bit of `flags` (RFC 2131 figure 2).
    public static final int BROADCAST = 0x8000;

    /// Copies the bytes and the map.
    public DhcpPacket {
        chaddr = Arrays.copyOf(chaddr, Layout.CHADDR_SIZE);
        options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
    }

    /// Reads a packet.
    ///
    /// @param bytes from its position to its limit; both stay as they are
    /// @return empty when it is no DHCP packet, or a broken one
    public static Optional<DhcpPacket> parse(ByteBuffer bytes) {
        return Reader.read(bytes.slice());
    }

    /// As [#parse(ByteBuffer)], of all the bytes.
    public static Optional<DhcpPacket> parse(byte[] bytes) {
        return parse(ByteBuffer.wrap(bytes));
    }

    /// The packet's bytes, padded with zeros to 300 octets: old relays drop shorter ones (RFC 1542
    /// section 2.1).
    public byte[] encode() {
        return Writer.write(this);
    }

    /// A copy to change.
    public DhcpBuilder change() {
        return new DhcpBuilder(this);
    }

    /// 16 octets, the first six are the MAC.
    @Override
    public byte[] chaddr() {
        return chaddr.clone();
    }

    /// The value of an option.
    public Optional<byte[]> option(int code) {
        return Optional.ofNullable(options.get(code)).map(byte[]::clone);
    }

    /// The value of an option as text without trailing NULs, or empty.
    public String text(int code) {
        byte[] v = options.getOrDefault(code, new byte[0]);
        int end = v.length;
        while (end > 0 && v[end - 1] == 0) {
            end--;
        }
        return new String(v, 0, end, StandardCharsets.ISO_8859_1);
    }

    /// The value of an option as an address, or 0 when it is missing or too short.
    public int address(int code) {
        byte[] v = options.get(code);
        return v == null || v.length < 4 ? 0 : ByteBuffer.wrap(v).getInt();
    }

    /// Option 53, or empty.
    public Optional<MessageType> messageType() {
        byte[] v = options.get(DhcpOption.MESSAGE_TYPE);
        return v == null || v.length != 1 ? Optional.empty() : MessageType.of(v[0]);
    }

    /// Option 60, or empty.
    public String vendorClass() {
        return text(DhcpOption.VENDOR_CLASS);
    }

    /// The architectures of option 93 as the client prefers them (RFC 4578 section 2.1), or none.
    public int[] archs() {
        byte[] v = options.get(DhcpOption.ARCHITECTURE);
        int[] all = new int[v == null ? 0 : v.length / 2];
        for (int i = 0; i < all.length; i++) {
            all[i] = ByteBuffer.wrap(v).getShort(2 * i) & 0xffff;
        }
        return all;
    }

    /// Option 50, or 0.
    public int requestedIp() {
        return address(DhcpOption.REQUESTED_IP);
    }

    /// Option 54, or 0.
    public int serverId() {
        return address(DhcpOption.SERVER_ID);
    }

    /// The boot file: option 67, else `file`.
    public String bootFile() {
        String option = text(DhcpOption.BOOT_FILE);
        return option.isEmpty() ? file : option;
    }

    /// Whether iPXE sent it: its own option 175, or a user class `iPXE`.
    public boolean isIpxe() {
        return options.containsKey(DhcpOption.IPXE) || UserClass.has(options, "iPXE");
    }

    /// Option 97 when it is what RFC 4578 section 2.3 allows: a zero octet and the UUID's 16.
    public Optional<byte[]> machineId() {
        return option(DhcpOption.MACHINE_ID).filter(v -> v.length == 17 && v[0] == 0);
    }

    /// Option 97 as the text SMBIOS shows, or empty. The first three fields are little endian on
    /// the wire (SMBIOS 2.6 section 7.2.1).
    public String uuid() {
        return machineId().map(DhcpPacket::uuid).orElse("");
    }

    private static String uuid(byte[] id) {
        byte[] u = new byte[16];
        for (int i = 0; i < 16; i++) {
            u[i] = id[1 + Layout.UUID_ORDER[i]];
        }
        String hex = HexFormat.of().formatHex(u);
        return hex.replaceFirst("(.{8})(.{4})(.{4})(.{4})(.{12})", "$1-$2-$3-$4-$5");
    }

    @Override
    public boolean equals(Object other) {
        return other instanceof DhcpPacket p && Arrays.equals(encode(), p.encode());
    }

    @Override
    public int hashCode() {
        return Arrays.hashCode(encode());
    }

    /// Type, transaction and option codes, for failing tests.
    @Override
    public String toString() {
        Map<Integer, String> hex = new LinkedHashMap<>();
        options.forEach((k, v) -> hex.put(k, HexFormat.of().formatHex(v)));
        return "DHCP "
                + messageType().map(Enum::name).orElse("op " + op)
                + " xid "
                + Integer.toHexString(xid)
                + " file "
                + file
                + " options "
                + hex;
    }
}
