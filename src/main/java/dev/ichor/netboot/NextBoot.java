package dev.ichor.netboot;

import dev.ichor.cluster.Life;
import dev.ichor.cluster.MachineAction;

import java.time.Instant;

/// What a machine that asks for its script is to do next.
sealed interface NextBoot {
    /// How many times an installed machine is told to boot from its disk before somebody has to
    /// look: each time without its Talos having answered since.
    int DISK_TRIES = 3;

    /// Ask again in two seconds.
    ///
    /// @param why in addition to the missing approval, or empty
    record Wait(String why) implements NextBoot {}

    /// As [Wait], but something is wrong: only a new approval gets it on.
    record Doubt(String why) implements NextBoot {}

    /// Start Talos from the network: to install it, or with what is on the disk.
    record Network() implements NextBoot {}

    /// Start from its disk.
    ///
    /// @param before how many times it was told so since its Talos last answered
    record Disk(int before) implements NextBoot {}

    /// Wipe the system disk.
    record Wipe() implements NextBoot {}

    /// Decides; pure.
    ///
    /// @param s what is remembered of it
    /// @param now the moment it asks
    static NextBoot of(Dispatch.Plan plan, MachineState s, Instant now) {
        if (s.hold() != null) {
            return new Wait(s.hold().reason());
        }
        if (s.ordered()) {
            return new Wipe();
        }
        if (s.open(now)) {
            return new Network();
        }
        if (s.installed() != null) {
            return installed(plan.life(), s);
        }
        if (s.order() != null && s.order().action() == MachineAction.WIPE) {
            return new Wait("It was wiped. Switch it off, or approve it to install it again.");
        }
        if (s.chain() == null) {
            return plan.waitsInTalos() ? new Network() : new Wait("");
        }
        return new Wait(
                "It had its config "
                        + s.chain().handOuts()
                        + " times and has not been seen installed. Look at its screen, then"
                        + " approve it again.");
    }

    private static NextBoot installed(Life life, MachineState s) {
        if (life == Life.ALWAYS_NETBOOT) {
            return new Network();
        }
        return s.toldDisk() < DISK_TRIES
                ? new Disk(s.toldDisk())
                : new Doubt(
                        "It was told "
                                + s.toldDisk()
                                + " times to start from its disk, and its Talos never answered: the"
                                + " disk is dead or empty, or it is another machine.");
    }
}
