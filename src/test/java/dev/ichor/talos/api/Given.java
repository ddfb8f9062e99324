package dev.ichor.talos.api;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;

/// What the owner has decided so far, and who was given something.
public final class Given implements Pending {
    volatile @Nullable String config;
    volatile boolean asks;
    final List<Mac> pushed = new CopyOnWriteArrayList<>();

    @Override
    public Optional<String> config(Mac mac, Ip4 at) {
        return Optional.ofNullable(config);
    }

    @Override
    public void pushed(Mac mac, String what) {
        pushed.add(mac);
    }

    @Override
    public boolean asksForDisk(Mac mac) {
        return asks;
    }
}
