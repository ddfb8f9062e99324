package dev.ichor.router;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import java.util.random.RandomGenerator;

/// One DISCOVER of a machine that does not exist.
///
/// @param kind what firmware it pretends
/// @param xid tells its answers from other traffic
/// @param mac locally administered, so that it is nobody's
record Question(Kind kind, int xid, Mac mac) {
    /// What a network boot client can be.
    enum Kind {
        /// Architecture 0.
        BIOS(0, "PXEClient:Arch:00000:UNDI:002001"),
        /// Architecture 7, x64.
        UEFI(7, "PXEClient:Arch:00007:UNDI:003000");

        private final int arch;
        private final String vendorClass;

        Kind(int arch, String vendorClass) {
            this.arch = arch;
            this.vendorClass = vendorClass;
        }
    }

    /// The locally administered bit of a MAC's first octet (IEEE 802).
    private static final long LOCAL = 0x02L << 40;

    private static final int MAC_TAIL_BITS = 40;

    /// What we want to be told.
    private static final byte[] WANTED = {
        DhcpOption.SUBNET_MASK,
        DhcpOption.ROUTER,
        DhcpOption.DNS,
        DhcpOption.VENDOR_SPECIFIC,
        DhcpOption.SERVER_ID,
        DhcpOption.VENDOR_CLASS,
        DhcpOption.TFTP_SERVER,
        DhcpOption.BOOT_FILE
    };

    static Question of(Kind kind, RandomGenerator random) {
        Mac mac = new Mac(LOCAL | random.nextLong(1L << MAC_TAIL_BITS));
        return new Question(kind, random.nextInt(), mac);
    }

    /// As a relay at `self` passes it on.
    DhcpPacket discover(Ip4 self) {
        return DhcpBuilder.request(MessageType.DISCOVER, xid, mac.bytes())
                .hops(1)
                .giaddr(self.bits())
                .option(DhcpOption.PARAMETER_LIST, WANTED)
                .option(DhcpOption.VENDOR_CLASS, kind.vendorClass)
                .arch(kind.arch)
                .build();
    }

    boolean isAnsweredBy(DhcpPacket packet) {
        return packet.op() == DhcpPacket.BOOTREPLY
                && packet.xid() == xid
                && packet.messageType().filter(MessageType.OFFER::equals).isPresent();
    }
}
