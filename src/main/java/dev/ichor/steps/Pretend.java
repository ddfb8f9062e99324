package dev.ichor.steps;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.NasTarget;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Comparator;
import java.util.Optional;
import java.util.stream.Stream;

/// A pretended network that behaves like a real one, for the demo.
///
/// @param world what the steps touch
/// @param machines how many machines are in the drawer
/// @param firstControlPlane the machine that is meant as control plane
/// @param cycled the machine that will lose its power once everything is Ready, if any
/// @param nas its NAS
/// @param owner answers the questions about that NAS
/// @param scratch folder for downloads and the demo's cluster, removed at the end
/// @param network what to close at the end
public record Pretend(
        World world,
        int machines,
        Mac firstControlPlane,
        Optional<Mac> cycled,
        NasTarget nas,
        Owner owner,
        Path scratch,
        AutoCloseable network)
        implements AutoCloseable {
    @Override
    public void close() throws Exception {
        try (Stream<Path> all = Files.walk(scratch)) {
            network.close();
            for (Path file : all.sorted(Comparator.reverseOrder()).toList()) {
                Files.delete(file);
            }
        }
    }
}
