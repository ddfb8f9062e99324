package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.ProblemException;
import dev.ichor.discovery.Poke;
import dev.ichor.discovery.Survey;
import dev.ichor.discovery.Sweep;
import dev.ichor.discovery.Vendors;
import dev.ichor.netboot.DhcpRole;
import dev.ichor.netboot.Listener;
import dev.ichor.netboot.Setup;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// Looking for machines without a cluster, for `ichor discover`.
public final class Discover {
    private Discover() {}

    /// How to look.
    ///
    /// @param listen how long to go on hearing broadcasts after the sweep
    /// @param large whether a network larger than /20 may be searched
    public record How(Duration listen, boolean large) {}

    /// Sweeps the adapter's network, and hears broadcasts for as long.
    ///
    /// @param how what to do there
    /// @param found called for each sighting, several times a machine
    /// @return why broadcasts could not be heard, if so
    public static Optional<String> run(
            World world,
            Adapter adapter,
            How how,
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
            sweep(world, adapter, how.large(), found, progress);
            if (deaf.isEmpty()) {
                Thread.sleep(how.listen());
            }
        }
        return deaf;
    }

    /// Finds who answers ARP, then looks closer at each: open ports and names.
    ///
    /// @param large whether the owner agreed to search a network larger than /20
    static void sweep(
            World world,
            Adapter adapter,
            boolean large,
            Consumer<Machine> found,
            Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Sweep sweep = new Sweep(world.lan().neighbours(), Poke.udp(), Thread::sleep);
        List<Machine> seen = new ArrayList<>();
        (large ? sweep.large() : sweep)
                .run(
                        adapter.subnet(),
                        adapter.address(),
                        m -> {
                            seen.add(m);
                            found.accept(m);
                        },
                        progress);
        progress.accept(new Amount("Asking " + seen.size() + " machines what they are", 0, -1));
        Survey.run(adapter.address(), world.lan().wire().talosApi(), seen, found);
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
            case BootEvent.Inspected i -> Optional.of(Machine.of(i.mac()).with(i.hardware()));
            default -> Optional.empty();
        };
    }
}
