package dev.ichor.steps;

import dev.ichor.artifacts.LoaderFinder;
import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Arch;
import dev.ichor.cluster.BootFiles;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import java.io.IOException;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;

/// Step 4: Talos' kernel and initramfs, verified; and whether boot loaders are at hand.
final class Download {
    private Download() {}

    static String run(Session session, World world, Owner owner, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Fetched fetched = fetch(session, session.downloadWish().asking(owner), progress);
        session.change(s -> s.with(s.results().with(fetched)));
        if (lacksLoader(world, session.snapshot().draft().mode())) {
            fetchLoaders(world, progress);
        }
        BootFiles first = fetched.files().firstEntry().getValue();
        return "Talos " + fetched.talos() + ", " + first.origin().words();
    }

    /// A NAS whose TFTP service decides nothing needs a build that reads `autoexec.ipxe`.
    private static boolean lacksLoader(World world, BootMode mode) {
        Loaders loaders = world.sources().loaders().get();
        return loaders.all().isEmpty()
                || (mode == BootMode.ROUTER_TO_NAS
                        && loaders.all().stream().noneMatch(Loaders.Loader::readsAutoexec));
    }

    /// Where iPXE's page cannot be had, a package of the system does as well: both are told.
    private static void fetchLoaders(World world, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        try {
            world.sources().ipxe().fetch(progress);
        } catch (ProblemException e) {
            Problem missing = LoaderFinder.missing();
            throw new ProblemException(
                    new Problem(missing.what(), e.problem().what(), missing.remedy()), e);
        }
    }

    /// From the cache when it is there and whole.
    static Fetched fetch(Session session, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        return fetch(session, session.downloadWish(), progress);
    }

    private static Fetched fetch(Session session, DownloadWish wish, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Draft draft = session.snapshot().draft();
        return new Downloads(session.world())
                .fetch(
                        TalosVersion.of(draft.talos()),
                        draft.image(),
                        families(draft),
                        wish,
                        progress);
    }

    /// What the machines of the plan need; amd64 while there is none.
    private static Set<Arch> families(Draft draft) {
        Set<Arch> all = EnumSet.noneOf(Arch.class);
        draft.wishes().keySet().forEach(mac -> all.add(Arch.of(draft.machine(mac).firmware())));
        return all.isEmpty() ? EnumSet.of(Arch.of(Firmware.UNKNOWN)) : all;
    }
}
