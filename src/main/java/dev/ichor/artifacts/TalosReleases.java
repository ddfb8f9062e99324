package dev.ichor.artifacts;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.TalosVersion;

import okhttp3.OkHttpClient;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Talos' boot files from its release page, verified and kept in a cache.
public final class TalosReleases {
    /// Where Talos publishes its releases.
    public static final URI OFFICIAL =
            URI.create("https://github.com/siderolabs/talos/releases/download");

    private final OkHttpClient http;
    private final URI base;
    private final Path cache;

    /// @param base the release page, [#OFFICIAL] or a mirror with the same layout
    /// @param cache folder that holds one folder a version
    public TalosReleases(OkHttpClient http, URI base, Path cache) {
        this.http = http;
        this.base = base;
        this.cache = cache;
    }

    /// Downloads what is missing, resumes what was cut, checks SHA-256; nothing is fetched again
    /// when it is there and verified. Progress counts bytes of kernel and initramfs together.
    ///
    /// @throws dev.ichor.cluster.ProblemException with words for the owner; a bad file never gets
    ///   its final name
    public Fetched fetch(TalosVersion version, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("" + http + base + cache);
    }
}
