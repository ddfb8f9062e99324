package dev.ichor.cli;

import dev.ichor.steps.Pretend;
import dev.ichor.steps.World;

import java.util.Optional;

/// No display, and no network but what the world holds.
record Nowhere(World world) implements Platform {
    Nowhere() {
        this(TestWorld.without());
    }

    @Override
    public Pretend pretend(int machines, Optional<Kill> kill) {
        throw new AssertionError("not asked for here");
    }

    @Override
    public boolean wizard() {
        return false;
    }
}
