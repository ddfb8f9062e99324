package dev.ichor.talos.api;

import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// The memory of the bootstrap, which outlives one bring-up.
public final class Remembered implements Once {
    volatile @Nullable Mac begun;
    volatile boolean done;

    @Override
    public Optional<Mac> begun() {
        return Optional.ofNullable(begun);
    }

    @Override
    public void begin(Mac mac) {
        begun = mac;
    }

    @Override
    public boolean done() {
        return done;
    }

    @Override
    public void finish() {
        done = true;
    }
}
