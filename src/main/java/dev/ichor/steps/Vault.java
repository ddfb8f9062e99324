package dev.ichor.steps;

import dev.ichor.talos.Secrets;
import dev.ichor.talos.SecretsFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.util.concurrent.CompletableFuture;

/// The cluster's secrets: read when they are there, made once when they never were.
///
/// An RSA key of 4096 bits takes seconds (2 to 4 on two quiet cores), so fresh secrets are made
/// while the owner is still at the first steps. They reach the disk only when they are first asked
/// for.
final class Vault {
    private final World world;
    private final ClusterFolder folder;
    private @Nullable CompletableFuture<Secrets> early;

    Vault(World world, ClusterFolder folder) {
        this.world = world;
        this.folder = folder;
    }

    /// Begins to make secrets in the background, unless the cluster has some.
    synchronized void prepare() {
        if (early == null && Files.notExists(folder.secrets())) {
            early =
                    CompletableFuture.supplyAsync(
                            () -> Secrets.create(world.clock(), world.random()),
                            work -> Thread.ofPlatform().daemon().name("secrets").start(work));
        }
    }

    /// The secrets; waits for them where they are still being made.
    ///
    /// @throws IOException when they cannot be read or written
    synchronized Secrets secrets() throws IOException {
        if (Files.exists(folder.secrets())) {
            return SecretsFile.read(folder.secrets());
        }
        Secrets fresh =
                early == null ? Secrets.create(world.clock(), world.random()) : early.join();
        SecretsFile.write(folder.secrets(), fresh);
        return fresh;
    }
}
