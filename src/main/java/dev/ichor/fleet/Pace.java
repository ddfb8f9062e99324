package dev.ichor.fleet;

import java.time.Duration;

/// How long pretended hardware takes: real waits (measured with OVMF and iPXE 2.0.0) divided by
/// about ten, so that the owner can watch and need not wait.
///
/// @param haste how many times shorter than on a real network silence may be before it worries
/// @param post from power-on to the first DHCP packet; a machine takes up to twice as long
/// @param pxeWindow how long UEFI collects offers (about 4 s on real boards)
/// @param dhcpTry first wait for an answer, doubled each time (RFC 2131 section 4.1)
/// @param loader from the loaded boot program to its first packet
/// @param breath a second in an iPXE script
/// @param kernel from the boot to the first request of Talos
/// @param configRetry between two requests for a config
/// @param rest from a boot that found nothing to the next one, unless it is woken
/// @param install writing Talos to the disk and starting it from there
/// @param service from one service to the next: API, etcd, kubelet
/// @param megabyte how long the cable takes for a million bytes; zero is as fast as it goes
/// @param stagger between two machines when all are switched on
record Pace(
        double haste,
        Duration post,
        Duration pxeWindow,
        Duration dhcpTry,
        Duration loader,
        Duration breath,
        Duration kernel,
        Duration configRetry,
        Duration rest,
        Duration install,
        Duration service,
        Duration megabyte,
        Duration stagger) {

    /// Lets time pass.
    @FunctionalInterface
    interface Sleeper {
        void sleep(Duration time) throws InterruptedException;
    }

    /// For a few machines on a screen.
    static Pace watchable() {
        return new Pace(
                20,
                millis(300),
                millis(250),
                millis(300),
                millis(300),
                millis(100),
                millis(600),
                millis(300),
                millis(500),
                millis(700),
                millis(400),
                millis(60),
                millis(80));
    }

    /// As [#watchable] for nobody to watch: hardware in no time, networks as slow as there.
    static Pace hurried() {
        Duration soon = millis(50);
        return new Pace(
                20,
                soon,
                millis(100),
                millis(300),
                soon,
                soon,
                soon,
                soon,
                soon,
                soon,
                soon,
                Duration.ZERO,
                soon);
    }

    /// For a crowd: switched on one after the other, so that the broadcasts stay few.
    static Pace crowd() {
        return new Pace(
                2,
                millis(100),
                millis(200),
                millis(2_000),
                millis(50),
                millis(200),
                millis(100),
                millis(1_000),
                millis(6_000),
                millis(200),
                millis(200),
                Duration.ZERO,
                millis(45));
    }

    private static Duration millis(long n) {
        return Duration.ofMillis(n);
    }
}
