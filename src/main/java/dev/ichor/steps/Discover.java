package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.ProblemException;
import dev.ichor.discovery.Poke;
import dev.ichor.discovery.Sweep;
import dev.ichor.discovery.Vendors;
import dev.ichor.netboot.DhcpRole;
import dev.ichor.netboot.Listener;
import dev.ichor.netboot.Setup;

import java.io.IOException;
import java.time.Duration;
import java.util.Optional;
import java.util.function.Consumer;

/// Looking for machines without a cluster, for `ichor discover`.
public final class Discover {
    private Discover() {}

    /// Sweeps the adapter's network, and hears broadcasts for as long.
    ///
    /// @param listen how long to go on hearing after the sweep
    /// @param found called for each sighting, several times a machine
    /// @return why broadcasts could not be heard, if so
    public static Optional<String> run(
            World world,
            Adapter adapter,
            Duration listen,
            Consumer<Machine> found,
            Consumer<Amount> progress)
            throws Exception {
        BootLog log = new BootLog();
        log.listen(e -> sighting(e).ifPresent(found));
        Optional<String> deaf = Optional.empty();
        AutoCloseable ears = () -> {};
        try {
            ears = listen(world, adapter, log);
        } catch (ProblemException e) {
            deaf = Optional.of(e.problem().toString());
        }
        try (AutoCloseable open = ears) {
            sweep(world, adapter, found, progress);
            if (deaf.isEmpty()) {
                Thread.sleep(listen);
            }
        }
        return deaf;
    }

    static void sweep(
            World world, Adapter adapter, Consumer<Machine> found, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        new Sweep(world.lan().neighbours(), Poke.udp(), Thread::sleep)
                .run(adapter.subnet(), adapter.address(), found, progress);
    }

    /// Hears DHCP broadcasts into a log until closed.
    ///
    /// @throws ProblemException when the port is taken or there are no rights for it
    static AutoCloseable listen(World world, Adapter adapter, BootLog log) throws IOException {
        return Listener.listen(
                new Setup(
                        adapter.address(),
                        world.lan().wire(),
                        DhcpRole.LISTEN,
                        world.clock(),
                        mac -> false),
                log);
    }

    /// What an event tells of a machine's being there.
    static Optional<Machine> sighting(BootEvent event) {
        return switch (event) {
            case BootEvent.Heard h when h.pxe() ->
                    Optional.of(
                            new Machine(
                                    h.mac(), null, Vendors.of(h.mac()), "", h.firmware(), true));
            case BootEvent.Leased l ->
                    Optional.of(
                            new Machine(
                                    l.mac(),
                                    l.ip(),
                                    Vendors.of(l.mac()),
                                    "",
                                    Firmware.UNKNOWN,
                                    false));
            default -> Optional.empty();
        };
    }
}
