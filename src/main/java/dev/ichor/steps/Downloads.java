package dev.ichor.steps;

import dev.ichor.artifacts.Catalog;
import dev.ichor.artifacts.TalosImages;
import dev.ichor.artifacts.TalosImages.Request;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Arch;
import dev.ichor.cluster.CachedTalos;
import dev.ichor.cluster.Extension;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.Listing;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import java.io.IOException;
import java.util.List;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// What can be downloaded, and what was: for any front, with or without a cluster.
public final class Downloads {
    private final World world;

    /// Of this world's sources and cache.
    public Downloads(World world) {
        this.world = world;
    }

    /// Talos' releases, newest first; without internet those seen last.
    ///
    /// @throws ProblemException when there is no internet and none was ever seen
    public Listing<TalosVersion> releases(boolean ofFactory)
            throws IOException, InterruptedException {
        return ofFactory ? catalog().factoryReleases() : catalog().releases();
    }

    /// The official extensions of a release, with descriptions.
    ///
    /// @throws ProblemException when there is no internet and they were never seen
    public Listing<Extension> extensions(TalosVersion talos)
            throws IOException, InterruptedException {
        return catalog().extensions(talos);
    }

    /// Brings Talos into the cache; nothing is asked when it is there.
    public Fetched fetch(
            TalosVersion talos,
            Image image,
            Set<Arch> families,
            DownloadWish wish,
            Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Request request = new Request(talos, image, families, wish.accepts());
        World.Sources from = world.sources();
        TalosImages images =
                new TalosImages(from.talos(), from.cache(), from.internet(), world.clock());
        return wish.from() == null
                ? images.fetch(request, progress)
                : images.take(wish.from(), request, progress);
    }

    /// What the cache holds, newest release first.
    public List<CachedTalos> cached() throws IOException {
        return world.sources().cache().list();
    }

    /// Deletes what is not to be kept; checksums of Factory images stay remembered.
    ///
    /// @return bytes freed
    public long prune(Predicate<CachedTalos> keep) throws IOException {
        return world.sources().cache().prune(keep);
    }

    private Catalog catalog() {
        World.Sources from = world.sources();
        return new Catalog(from.talos(), from.cache(), from.internet(), world.clock());
    }
}
