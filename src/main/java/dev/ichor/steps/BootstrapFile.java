package dev.ichor.steps;

import dev.ichor.cluster.Mac;
import dev.ichor.talos.api.Once;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;

/// `private/bootstrap`: where etcd was told to begin, and whether it was seen running. Two words.
final class BootstrapFile implements Once {
    private static final String DONE = "done";

    private final Path file;

    BootstrapFile(ClusterFolder folder) {
        this.file = folder.bootstrap();
    }

    @Override
    public synchronized Optional<Mac> begun() throws IOException {
        return Mac.parse(text().split(" ", 2)[0]);
    }

    @Override
    public synchronized void begin(Mac mac) throws IOException {
        if (begun().isEmpty()) {
            ClusterFolder.writeSecret(file, mac.toString());
        }
    }

    @Override
    public synchronized boolean done() throws IOException {
        return text().endsWith(DONE);
    }

    @Override
    public synchronized void finish() throws IOException {
        if (!done()) {
            ClusterFolder.writeSecret(file, (text() + " " + DONE).strip());
        }
    }

    /// The cluster begins anew.
    synchronized void forget() throws IOException {
        Files.deleteIfExists(file);
    }

    private String text() throws IOException {
        return Files.exists(file) ? Files.readString(file, StandardCharsets.UTF_8).strip() : "";
    }
}
