package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import java.time.Duration;
import java.time.Instant;
import java.util.Optional;
import java.util.random.RandomGenerator;

/// Asks again and again whether another DHCP server has come. It poses as a relay (RFC 2131 section
/// 4.1), so that the answer comes to our own port 67.
final class OtherServers {
    static final Duration PERIOD = Duration.ofSeconds(30);

    /// What a network-boot client says it is (PXE 2.1 section 2.2.2), here BIOS.
    private static final String MACHINE = "PXEClient:Arch:00000:UNDI:002001";

    /// First octet of a locally administered MAC (IEEE 802).
    private static final byte LOCAL = 2;

    private static final int MAC_SIZE = 6;

    private final Ip4 self;
    private final RandomGenerator random;
    private final boolean boots;
    private final byte[] mac = new byte[MAC_SIZE];
    private Instant next;

    /// @param boots whether to ask as a machine that boots from the network: then servers that only
    ///   name what to boot answer, too
    /// @param from when to ask first
    OtherServers(Ip4 self, RandomGenerator random, boolean boots, Instant from) {
        this.self = self;
        this.random = random;
        this.boots = boots;
        this.next = from;
        random.nextBytes(mac); // one for all questions: a router may keep an address for it
        mac[0] = LOCAL;
    }

    /// What to ask now, if it is time.
    synchronized Optional<DhcpPacket> question(Instant now) {
        if (now.isBefore(next)) {
            return Optional.empty();
        }
        next = now.plus(PERIOD);
        DhcpBuilder b =
                DhcpBuilder.request(MessageType.DISCOVER, random.nextInt(), mac)
                        .hops(1)
                        .giaddr(self.bits())
                        .option(
                                DhcpOption.PARAMETER_LIST,
                                (byte) DhcpOption.SUBNET_MASK,
                                (byte) DhcpOption.SERVER_ID,
                                (byte) DhcpOption.TFTP_SERVER,
                                (byte) DhcpOption.BOOT_FILE);
        return Optional.of(
                (boots ? b.option(DhcpOption.VENDOR_CLASS, MACHINE).arch(0) : b).build());
    }
}
