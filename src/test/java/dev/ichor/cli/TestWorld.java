package dev.ichor.cli;

import dev.ichor.artifacts.Cache;
import dev.ichor.artifacts.Internet;
import dev.ichor.artifacts.Upstream;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.steps.World;

import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;
import java.util.Optional;

/// A world with nothing in it.
final class TestWorld {
    private static final URI NOBODY = URI.create("http://127.0.0.1:9");

    private TestWorld() {}

    static World without() {
        return new World(
                new World.Lan(List::of, Map::of, Wire.REAL, List.of(), (mac, from) -> {}),
                new World.Sources(
                        new Upstream(NOBODY, NOBODY, NOBODY, (talos, name) -> Optional.empty()),
                        new Internet(Map.of(), pause -> {}),
                        () -> new Loaders(List.of()),
                        new Cache(Path.of("target/no-cache"))),
                InstantSource.system(),
                new SecureRandom(),
                1);
    }
}
