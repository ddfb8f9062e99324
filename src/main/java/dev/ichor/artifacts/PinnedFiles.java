package dev.ichor.artifacts;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.ProblemException;

import okhttp3.HttpUrl;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.function.Consumer;

/// Files whose SHA-256 we know beforehand, such as boot loaders: from the cache, else downloaded.
///
/// @param cache shared by all clusters
public record PinnedFiles(Cache cache, Internet internet, InstantSource clock) {
    /// The file with this content.
    ///
    /// @param sha256 64 lower-case hex digits
    /// @throws ProblemException with words for the owner; a bad file never gets into the cache
    public Path get(URI url, String sha256, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Optional<Path> here = cache.find(sha256);
        if (here.isEmpty()) {
            HttpUrl from = HttpUrl.get(url.toString());
            Meter meter = new Meter(from.pathSegments().getLast(), clock, progress);
            Partial to = cache.partial(sha256);
            internet.download().file(from, to, sha256, meter.part());
            cache.keep(to, sha256);
            here = cache.find(sha256);
        }
        return here.orElseThrow(() -> new IOException("the cache was emptied just now"));
    }
}
