package dev.ichor.diagnosis;

import static dev.ichor.diagnosis.Rule.found;
import static dev.ichor.diagnosis.Rule.words;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;

import java.time.Instant;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;

/// Loaders that load themselves for ever, from here or from another server.
final class LoopRules {
    private static final int REPEATS = 3;

    private LoopRules() {}

    static Optional<Finding> loop(Trail t) {
        List<BootEvent.TransferDone> loads =
                t.all(BootEvent.TransferDone.class)
                        .filter(d -> d.kind() == Payload.LOADER)
                        .filter(d -> d.at().isAfter(t.now().minus(LoaderRules.LOOP)))
                        .toList();
        boolean further =
                !loads.isEmpty()
                        && t.after(
                                loads.getFirst().at(),
                                e ->
                                        Trail.done(e, Payload.KERNEL)
                                                || e instanceof BootEvent.ScriptGiven);
        return loads.size() >= REPEATS && !further && !LoaderRules.refused(t)
                ? found(
                        t,
                        Cause.LOADER_LOOP,
                        loads.getFirst().at(),
                        words(
                                "It loads the boot loader again and again.",
                                loads.size()
                                        + " times "
                                        + loads.getFirst().file()
                                        + " in 2 minutes",
                                "iPXE obeys the router's boot file and gets itself. Take the file"
                                        + " out of the router, or name this PC and pxeboot there."),
                        Remedy.PROBE_ROUTER)
                : Optional.empty();
    }

    /// iPXE takes an address, is gone, and takes one again, and nothing was ever fetched here: it
    /// loads itself from the server that the router names.
    static Optional<Finding> loopElsewhere(Trail t) {
        boolean ours = t.last(LoopRules::isFetched).isPresent();
        List<Instant> rounds = ours ? List.of() : rounds(t);
        return rounds.size() >= REPEATS
                ? found(
                        t,
                        Cause.LOADER_LOOP,
                        rounds.getFirst(),
                        words(
                                "It loads iPXE again and again from another server.",
                                rounds.size()
                                        + " times in 2 minutes iPXE took an address, and fetched"
                                        + " nothing here",
                                "iPXE obeys the router's boot file and gets itself. Take the file"
                                        + " out of the router, or name this PC and pxeboot there."),
                        Remedy.PROBE_ROUTER)
                : Optional.empty();
    }

    /// When iPXE began to ask, each time it got an address.
    private static List<Instant> rounds(Trail t) {
        List<Instant> rounds = new ArrayList<>();
        BootEvent.Heard asked = null;
        Set<Integer> counted = new HashSet<>();
        for (BootEvent e : t.events()) {
            if (e instanceof BootEvent.Heard h && h.ipxe()) {
                asked = h;
            } else if (e instanceof BootEvent.Leased
                    && asked != null
                    && asked.at().isAfter(t.now().minus(LoaderRules.LOOP))
                    && counted.add(asked.xid())) {
                rounds.add(asked.at());
            }
        }
        return rounds;
    }

    private static boolean isFetched(BootEvent e) {
        return LoaderRules.isHttp(e)
                || e instanceof BootEvent.TransferStarted
                || e instanceof BootEvent.TransferDone;
    }
}
