package dev.ichor.cli;

import dev.ichor.artifacts.Cache;
import dev.ichor.artifacts.Internet;
import dev.ichor.artifacts.IpxeRelease;
import dev.ichor.artifacts.PinnedFiles;
import dev.ichor.artifacts.Upstream;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.steps.World;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A world with nothing in it.
final class TestWorld {
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    private TestWorld() {}

    static World without() {
        return downloading(
                new Upstream(NOBODY, NOBODY, NOBODY, (talos, name) -> Optional.empty()),
                Path.of("target/no-cache"));
    }

    /// Only downloads.
    static World downloading(Upstream talos, Path cache) {
        Internet internet = new Internet(Map.of(), pause -> {});
        InstantSource clock = InstantSource.fixed(Instant.parse("2026-11-24T10:00:00Z"));
        IpxeRelease ipxe =
                new IpxeRelease(
                        new IpxeRelease.Site(NOBODY, NOBODY),
                        new PinnedFiles(new Cache(cache), internet, clock),
                        cache.resolve("loaders"));
        return new World(
                new World.Lan(List::of, Map::of, Wire.REAL, List.of(), (mac, from) -> {}),
                new World.Sources(
                        talos, internet, ipxe, () -> new Loaders(List.of()), new Cache(cache)),
                World.Pc.QUIET,
                clock,
                new SecureRandom(),
                1);
    }
}
