package dev.ichor.cluster;

import org.jspecify.annotations.Nullable;

import java.time.Instant;
import java.util.List;

/// What a server offers, or offered when it was last asked.
///
/// @param items newest or alphabetically first
/// @param seen when the server said so
/// @param trouble why the server could not be asked now, or null when this is fresh
public record Listing<T>(List<T> items, Instant seen, @Nullable Problem trouble) {
    /// Copies the list.
    public Listing {
        items = List.copyOf(items);
    }
}
