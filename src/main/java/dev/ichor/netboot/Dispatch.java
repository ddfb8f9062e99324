package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.netboot.MachineState.Boot;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// Decides what a machine that asks for its script boots, and remembers that it was told. Not safe
/// for many threads.
final class Dispatch {
    /// An address that asked within this time is in use: no machine is switched off and on faster.
    private static final Duration LIVE = Duration.ofSeconds(5);

    /// A UEFI that was sent to its disk from its PXE entry may try its HTTP entry before, 100 s
    /// later (OVMF): that is still the same start.
    private static final Duration SAME_START = Duration.ofMinutes(3);

    private final Rules rules;
    private final Memory memory;
    private final InstantSource clock;
    private final Map<Mac, Sign> lastSigns = new HashMap<>();
    private final Map<Mac, Instant> disks = new HashMap<>();

    /// Until when a machine is sent to its disk by the owner's word.
    private final Map<Mac, Instant> local = new HashMap<>();

    private record Sign(Ip4 from, Instant at) {}

    /// What a machine boots.
    ///
    /// @param token what its script has to hold, or empty
    record Script(NextBoot next, String token) {
        /// Nothing secret.
        @Override
        public String toString() {
            return next.toString();
        }
    }

    Dispatch(Rules rules, Memory memory, InstantSource clock) {
        this.rules = rules;
        this.memory = memory;
        this.clock = clock;
    }

    /// What is planned for a machine.
    ///
    /// @param waitsInTalos whether it may start Talos unapproved, and waits for its config there
    record Plan(Life life, boolean waitsInTalos) {}

    /// @param seen whose address it is by the neighbour table
    Script script(Mac mac, Visitor v, Optional<Mac> seen, Plan plan) {
        boolean sure = seen.isPresent() && seen.get().equals(mac);
        if (sure && rules.checks() != Checks.APPROVAL) {
            watch(mac, v);
        }
        if (sure && sentToDisk(mac)) {
            memory.given(mac, "disk");
            return new Script(new NextBoot.Disk(0), "");
        }
        memory.admitFresh(mac);
        MachineState state = seenAs(memory.of(mac));
        state = startsAgain(mac) ? state : state.told(state.toldDisk() - 1);
        NextBoot next = NextBoot.of(plan, state, clock.instant());
        if (next instanceof NextBoot.Wait && seen.map(mac::equals).orElse(true)) {
            memory.waits(mac);
        }
        return sure ? begun(mac, v, next) : new Script(harmless(next), "");
    }

    /// Counts for the next start, and not after a restart of this program.
    void bootLocally(Mac mac) {
        local.put(mac, Instant.MAX);
        memory.told(mac, MachineAction.LOCAL_BOOT, "ordered");
    }

    private boolean sentToDisk(Mac mac) {
        Instant now = clock.instant();
        Instant until = local.get(mac);
        if (until == null || now.isAfter(until)) {
            local.remove(mac);
            return false;
        }
        if (until.equals(Instant.MAX)) {
            local.put(mac, now.plus(SAME_START));
        }
        return true;
    }

    /// An approval of a folder never ends.
    private MachineState seenAs(MachineState s) {
        return rules.checks() == Checks.APPROVAL && s.chain() != null
                ? MachineState.NEW.with(new MachineState.Chain(s.chain().approved(), null, 0))
                : s;
    }

    /// What may be said to somebody who is perhaps not the machine: nothing that destroys.
    private static NextBoot harmless(NextBoot next) {
        return switch (next) {
            case NextBoot.Wipe _ -> new NextBoot.Wait("");
            case NextBoot.Doubt d -> new NextBoot.Wait(d.why());
            case NextBoot.Wait _, NextBoot.Network _, NextBoot.Disk _ -> next;
        };
    }

    private Script begun(Mac mac, Visitor v, NextBoot next) {
        return switch (next) {
            case NextBoot.Wait w -> new Script(w, "");
            case NextBoot.Doubt d -> {
                memory.hold(mac, d.why(), v);
                yield new Script(new NextBoot.Wait(d.why()), "");
            }
            case NextBoot.Disk _ -> new Script(disk(mac, v), "");
            case NextBoot.Network _ -> network(mac, v, next, false);
            case NextBoot.Wipe _ -> network(mac, v, next, true);
        };
    }

    private NextBoot disk(Mac mac, Visitor v) {
        int before = memory.of(mac).toldDisk();
        if (startsAgain(mac)) {
            disks.put(mac, clock.instant());
            memory.change(mac, s -> s.named(v.uuid()).told(before + 1));
        } else {
            disks.remove(mac);
        }
        memory.given(mac, "disk");
        return new NextBoot.Disk(before);
    }

    /// Whether a machine that is told to start from its disk was switched on since it last was. Of
    /// one start the second question only is let pass: a third comes from a disk that is dead.
    private boolean startsAgain(Mac mac) {
        Instant told = disks.get(mac);
        return told == null || !clock.instant().isBefore(told.plus(SAME_START));
    }

    private Script network(Mac mac, Visitor v, NextBoot next, boolean wipes) {
        if (rules.checks() == Checks.APPROVAL) {
            return new Script(next, "");
        }
        String token = wipes || rules.checks() != Checks.BOOT ? "" : rules.tokens().get();
        String hash = token.isEmpty() ? "" : Digest.sha256(token);
        Boot boot = new Boot(clock.instant(), hash, v.from().toString(), wipes, Set.of(), false);
        memory.change(mac, s -> (s.uuid().isEmpty() ? s.named(v.uuid()) : s).with(boot));
        memory.given(mac, wipes ? "wipe" : "network");
        return new Script(next, token);
    }

    /// Looks whether two machines call themselves the same.
    private void watch(Mac mac, Visitor v) {
        Instant now = clock.instant();
        Sign last = lastSigns.put(mac, new Sign(v.from(), now));
        String uuid = memory.of(mac).uuid();
        if (!v.uuid().isEmpty() && !uuid.isEmpty() && !uuid.equals(v.uuid())) {
            memory.hold(
                    mac,
                    "Two machines call themselves "
                            + mac
                            + ": UUID "
                            + uuid
                            + " before, "
                            + v.uuid()
                            + " now.",
                    v);
        } else if (last != null
                && !last.from().equals(v.from())
                && now.isBefore(last.at().plus(LIVE))) {
            memory.hold(
                    mac,
                    mac + " has two addresses at once: " + last.from() + " and " + v.from() + ".",
                    v);
        }
    }
}
