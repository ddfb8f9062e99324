package dev.ichor.netboot;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import java.util.Optional;

/// What a ProxyDHCP server says to a packet (PXE 2.1 section 2.2). Pure: no socket, no clock.
///
/// @param address ours
/// @param http our HTTP server, `http://IP:PORT`
/// @param loaders what we can hand out
record Proxy(Ip4 address, String http, Loaders loaders) {
    private static final String PXE = "PXEClient";
    private static final String HTTP = "HTTPClient";

    /// Option 43: suboption 6 (discovery control) = 8, "boot the file of this offer, look for no
    /// other server" (PXE 2.1 section 2.2.3), then the end.
    private static final byte[] BOOT_THIS = {6, 1, 8, (byte) 255};

    /// From this repeat of one DISCOVER on, option 43 is left out: the client did not take the
    /// offer with it, and some UEFI firmware wants to ask on port 4011 instead.
    private static final int OTHER_VARIANT = 3;

    /// The answer to a packet.
    sealed interface Answer {
        /// Send it.
        record Offer(DhcpPacket packet, String file) implements Answer {}

        /// Stay silent.
        ///
        /// @param tell whether the owner should know why
        record Ignore(String reason, boolean tell) implements Answer {}
    }

    /// Whether it asks for a network boot: option 60 begins with `PXEClient` or `HTTPClient`.
    static boolean isPxe(DhcpPacket p) {
        return p.vendorClass().startsWith(PXE) || p.vendorClass().startsWith(HTTP);
    }

    /// The answer to a packet that came to port 67.
    ///
    /// @param repeats how many DISCOVERs of this transaction came so far
    Answer toBroadcast(DhcpPacket p, int repeats) {
        return p.messageType().filter(t -> t == MessageType.DISCOVER).isEmpty()
                ? silent("not a DISCOVER")
                : answer(p, MessageType.OFFER, repeats < OTHER_VARIANT);
    }

    /// The answer to a packet that came to port 4011.
    Answer toBootServer(DhcpPacket p) {
        boolean asks =
                p.messageType()
                        .filter(t -> t == MessageType.REQUEST || t == MessageType.INFORM)
                        .isPresent();
        return asks ? answer(p, MessageType.ACK, true) : silent("not a REQUEST");
    }

    private Answer answer(DhcpPacket p, MessageType type, boolean with43) {
        if (p.op() != DhcpPacket.BOOTREQUEST || p.hlen() != 6 || !isPxe(p)) {
            return silent("not a network-boot client");
        }
        Firmware firmware = Arch.firmware(p.arch());
        Optional<String> file = file(p, firmware);
        if (file.isEmpty()) {
            String what =
                    firmware == Firmware.UNKNOWN ? "architecture " + p.arch() : firmware.label();
            return new Answer.Ignore(
                    "It asks for a boot loader for " + what + ", and there is none at hand.", true);
        }
        return new Answer.Offer(packet(p, type, file.get(), with43), file.get());
    }

    private Optional<String> file(DhcpPacket p, Firmware firmware) {
        if (p.isIpxe()) {
            return Optional.of(http + "/boot.ipxe");
        }
        Optional<String> name = loaders.of(firmware).map(Loaders.Loader::name);
        return p.vendorClass().startsWith(HTTP) ? name.map(n -> http + Nbp.HTTP_PATH + n) : name;
    }

    private DhcpPacket packet(DhcpPacket p, MessageType type, String file, boolean with43) {
        boolean httpBoot = p.vendorClass().startsWith(HTTP);
        DhcpBuilder b =
                DhcpBuilder.reply(p, type)
                        .ciaddr(p.ciaddr())
                        .siaddr(address.bits())
                        .file(file)
                        .address(DhcpOption.SERVER_ID, address.bits())
                        .option(DhcpOption.VENDOR_CLASS, httpBoot ? HTTP : PXE);
        p.option(DhcpOption.MACHINE_ID).ifPresent(id -> b.option(DhcpOption.MACHINE_ID, id));
        if (!httpBoot && with43) {
            b.option(DhcpOption.VENDOR_SPECIFIC, BOOT_THIS);
        }
        return b.option(DhcpOption.TFTP_SERVER, address.toString())
                .option(DhcpOption.BOOT_FILE, file)
                .build();
    }

    private static Answer silent(String reason) {
        return new Answer.Ignore(reason, false);
    }
}
