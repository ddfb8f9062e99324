package dev.ichor.netboot;

import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
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
record Proxy(Ip4 address, String http, LoaderChoice loaders) {
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
        ///
        /// @param file what it names to boot, or empty
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
        if (p.op() != DhcpPacket.BOOTREQUEST || !isPxe(p)) {
            return silent("not a network-boot client");
        }
        Optional<String> file = file(p);
        if (file.isEmpty()) {
            return new Answer.Ignore(
                    "It asks for a boot loader for " + wanted(p) + ", and there is none at hand.",
                    true);
        }
        DhcpBuilder b = DhcpBuilder.reply(p, type).ciaddr(p.ciaddr());
        b.address(DhcpOption.SERVER_ID, address.bits());
        return new Answer.Offer(naming(b, p, file.get(), with43), file.get());
    }

    private static String wanted(DhcpPacket p) {
        int arch = Arch.of(p);
        Firmware firmware = Arch.firmware(arch);
        return firmware == Firmware.UNKNOWN ? "architecture " + arch : firmware.label();
    }

    /// The file a client boots: iPXE the script, firmware its loader, by HTTP boot as a URL without
    /// a name in it, for no name server comes with our answer.
    private Optional<String> file(DhcpPacket p) {
        if (p.isIpxe()) {
            return Optional.of(http + "/boot.ipxe");
        }
        Optional<Loaders.Loader> loader = loaders.of(Mac.of(p.chaddr()), Arch.firmware(Arch.of(p)));
        return isHttpBoot(p)
                ? loader.map(l -> http + Nbp.httpPath(l))
                : loader.map(Loaders.Loader::name);
    }

    private static boolean isHttpBoot(DhcpPacket p) {
        return p.vendorClass().startsWith(HTTP);
    }

    /// The answer `b` with what a network boot needs: `siaddr` and `file` for iPXE and old ROMs,
    /// options 66 and 67 for the rest.
    private DhcpPacket naming(DhcpBuilder b, DhcpPacket p, String file, boolean with43) {
        b.siaddr(address.bits()).file(file);
        b.option(DhcpOption.VENDOR_CLASS, isHttpBoot(p) ? HTTP : PXE);
        p.machineId().ifPresent(id -> b.option(DhcpOption.MACHINE_ID, id));
        if (!isHttpBoot(p) && with43) {
            b.option(DhcpOption.VENDOR_SPECIFIC, BOOT_THIS);
        }
        return b.option(DhcpOption.TFTP_SERVER, address.toString())
                .option(DhcpOption.BOOT_FILE, file)
                .build();
    }

    /// As our own DHCP server: the lease in `b`, and for a network-boot client what to boot.
    ///
    /// @param repeats how many DISCOVERs of this transaction came so far
    Answer.Offer withLease(DhcpBuilder b, DhcpPacket p, int repeats) {
        Optional<String> file = isPxe(p) ? file(p) : Optional.empty();
        return file.map(f -> new Answer.Offer(naming(b, p, f, repeats < OTHER_VARIANT), f))
                .orElseGet(() -> new Answer.Offer(b.build(), ""));
    }

    private static Answer silent(String reason) {
        return new Answer.Ignore(reason, false);
    }
}
