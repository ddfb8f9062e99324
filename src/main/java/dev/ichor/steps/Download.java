package dev.ichor.steps;

import dev.ichor.artifacts.LoaderFinder;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Arch;
import dev.ichor.cluster.BootFiles;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/// Step 4: Talos' kernel and initramfs, verified; and whether boot loaders are at hand.
final class Download {
    private Download() {}

    static String run(Session session, World world, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Fetched fetched = fetch(session, progress);
        session.change(s -> s.with(s.results().with(fetched)));
        if (world.sources().loaders().get().all().isEmpty()) {
            throw new ProblemException(LoaderFinder.missing(), new IOException("no loader"));
        }
        BootFiles first = fetched.files().firstEntry().getValue();
        return "Talos " + fetched.talos() + ", " + first.origin().words();
    }

    /// From the cache when it is there and whole.
    static Fetched fetch(Session session, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Draft draft = session.snapshot().draft();
        return new Downloads(session.world())
                .fetch(
                        TalosVersion.of(draft.talos()),
                        draft.image(),
                        families(draft),
                        session.downloadWish(),
                        progress);
    }

    /// What the machines of the plan need; amd64 while there is none.
    private static Set<Arch> families(Draft draft) {
        Set<Arch> all = EnumSet.noneOf(Arch.class);
        draft.wishes().keySet().forEach(mac -> all.add(Arch.of(draft.machine(mac).firmware())));
        return all.isEmpty() ? EnumSet.of(Arch.of(Firmware.UNKNOWN)) : all;
    }
}
