package dev.ichor.talos.api;

import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What the owner has decided so far.
public final class Given implements Pending {
    volatile @Nullable String config;
    volatile boolean asks;

    @Override
    public Optional<String> config(Mac mac) {
        return Optional.ofNullable(config);
    }

    @Override
    public boolean asksForDisk(Mac mac) {
        return asks;
    }
}
