package dev.ichor.steps;

import dev.ichor.artifacts.LoaderFinder;
import dev.ichor.artifacts.TalosReleases;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import okhttp3.OkHttpClient;

import java.io.IOException;
import java.util.function.Consumer;

/// Step 4: Talos' kernel and initramfs, verified; and whether boot loaders are at hand.
final class Download {
    private Download() {}

    static String run(Session session, World world, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Fetched fetched =
                fetch(world, TalosVersion.of(session.snapshot().draft().talos()), progress);
        session.change(s -> s.with(s.results().with(fetched)));
        if (world.sources().loaders().get().all().isEmpty()) {
            throw new ProblemException(LoaderFinder.missing(), new IOException("no loader"));
        }
        return "Talos " + fetched.talos() + ", checksums verified";
    }

    /// From the cache when it is there and whole.
    static Fetched fetch(World world, TalosVersion version, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        return new TalosReleases(
                        new OkHttpClient(),
                        world.sources().talosReleases(),
                        world.sources().cache())
                .fetch(version, progress);
    }
}
