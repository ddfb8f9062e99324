package dev.ichor.router;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.RouterReport.Answer;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;

/// What one server told one kind of client.
///
/// @param answer as the owner sees it
/// @param tftpName option 66, or empty
record Heard(Answer answer, String tftpName) {
    static Heard in(DhcpPacket offer) {
        Answer answer =
                new Answer(
                        new Ip4(offer.serverId()),
                        new Ip4(offer.yiaddr()),
                        new Ip4(offer.siaddr()),
                        offer.bootFile());
        return new Heard(answer, offer.text(DhcpOption.TFTP_SERVER));
    }

    Ip4 server() {
        return answer.server();
    }

    boolean namesFile() {
        return !answer.file().isEmpty();
    }

    /// A ProxyDHCP server gives no address (PXE 2.1 section 2.2.2).
    boolean isProxy() {
        return answer.offered().equals(Ip4.NONE);
    }

    /// Whether the machine is sent back to the DHCP server itself for its file.
    boolean namesItself() {
        return answer.next().equals(answer.server()) || answer.next().equals(Ip4.NONE);
    }
}
