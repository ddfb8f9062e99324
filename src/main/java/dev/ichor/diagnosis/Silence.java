package dev.ichor.diagnosis;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;

import java.time.Duration;
import java.util.function.Predicate;

/// A silence that a rule waits for: what it begins with, what ends it, and how long it usually may
/// be. Slow hardware that boots well all the same has limits of its own ([Patience]).
enum Silence {
    /// From the first DISCOVER to an address: firmware repeats after 4, 12 and 28 s.
    ADDRESS(36, Silence::isFirmware, e -> e instanceof BootEvent.Leased || isTransfer(e)),
    /// From an address to the loader; firmware asks within 20 s.
    LOADER(22, e -> e instanceof BootEvent.Leased, e -> true),
    /// From the loader to its first packet.
    START(17, e -> Trail.done(e, Payload.LOADER), e -> true),
    /// From iPXE's first packet to its first request.
    HTTP(62, e -> e instanceof BootEvent.Heard h && h.ipxe(), LoaderRules::isHttp),
    /// From the initramfs to the first sign of Talos.
    TALOS(122, e -> Trail.done(e, Payload.INITRAMFS), e -> true),
    /// From the config to a sign of the installed system.
    API(300, NodeRules::isHandOut, NodeRules::isAlive);

    private final Duration usual;
    private final Predicate<BootEvent> begins;
    private final Predicate<BootEvent> ends;

    Silence(int seconds, Predicate<BootEvent> begins, Predicate<BootEvent> ends) {
        this.usual = Duration.ofSeconds(seconds);
        this.begins = begins;
        this.ends = ends;
    }

    /// How long it may be where nothing was learnt.
    Duration usual() {
        return usual;
    }

    boolean begins(BootEvent e) {
        return begins.test(e);
    }

    boolean ends(BootEvent e) {
        return ends.test(e);
    }

    private static boolean isFirmware(BootEvent e) {
        return e instanceof BootEvent.Heard h && h.pxe() && !h.ipxe();
    }

    private static boolean isTransfer(BootEvent e) {
        return FirmwareRules.isTransfer(e);
    }
}
