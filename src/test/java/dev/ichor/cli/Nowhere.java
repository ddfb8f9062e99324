package dev.ichor.cli;

import dev.ichor.steps.Pretend;
import dev.ichor.steps.World;

import java.util.Optional;

/// No network, no display.
final class Nowhere implements Platform {
    @Override
    public World world() {
        return TestWorld.without();
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
