package dev.ichor.artifacts;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Arch;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import okhttp3.HttpUrl;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// Talos' kernel and initramfs, from its release page, the Image Factory or a folder: complete,
/// checked, and kept in a [Cache].
public final class TalosImages {
    private final Upstream upstream;
    private final Cache cache;
    private final Internet internet;
    private final Provenance provenance;
    private final InstantSource clock;

    /// @param internet how to get there
    public TalosImages(Upstream upstream, Cache cache, Internet internet, InstantSource clock) {
        this(upstream, cache, internet, clock, Signatures.shipped());
    }

    TalosImages(
            Upstream upstream,
            Cache cache,
            Internet internet,
            InstantSource clock,
            Signatures signatures) {
        this.upstream = upstream;
        this.cache = cache;
        this.internet = internet;
        this.clock = clock;
        this.provenance = new Provenance(upstream.known(), signatures);
    }

    /// What is wanted.
    ///
    /// @param families processor families, at least one
    /// @param accepts whether to take files for which nothing vouches, told why; asked once at most
    public record Request(
            TalosVersion talos, Image image, Set<Arch> families, Predicate<Problem> accepts) {
        /// Copies the set.
        public Request {
            families = EnumSet.copyOf(families);
        }
    }

    /// From the cache, else downloaded. Stops when the thread is interrupted and keeps what it has
    /// for the next time.
    ///
    /// @throws ProblemException with words for the owner; a bad file never gets into the cache
    public Fetched fetch(Request wish, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        return run(wish, () -> web(wish), progress);
    }

    /// From a folder or a ZIP archive, for a PC without internet.
    ///
    /// @throws ProblemException when a file is missing, is not what it should be, or nothing
    ///   vouches for it
    public Fetched take(Path from, Request wish, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        return run(wish, () -> FolderSupply.of(from), progress);
    }

    private Fetched run(Request wish, Errand.Opener from, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Meter meter = new Meter("Talos " + wish.talos(), clock, progress);
        return new Errand(wish, cache, provenance, meter, clock).run(from);
    }

    private Supply web(Request wish) throws IOException, InterruptedException {
        return switch (wish.image()) {
            case Image.Release _ ->
                    new WebSupply(
                            internet.download(),
                            HttpUrl.get(upstream.releases().toString())
                                    .newBuilder()
                                    .addPathSegment(wish.talos().toString())
                                    .build(),
                            "vmlinuz");
            case Image.Factory f ->
                    new Factory(internet.patientDownload(), upstream.factory())
                            .image(f.schematic(), wish.talos());
        };
    }
}
