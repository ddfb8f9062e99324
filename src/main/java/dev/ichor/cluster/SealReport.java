package dev.ichor.cluster;

import java.util.List;

/// What taking the configs off a NAS did.
///
/// @param removed configs and copies of them in recycle bins that are gone
/// @param left those that the NAS did not let go
/// @param closed recycle bins that did not let us look into them
/// @param snapshots what may still hold them and cannot be changed from outside
public record SealReport(
        List<String> removed, List<String> left, List<String> closed, List<String> snapshots) {
    /// Copies the lists.
    public SealReport {
        removed = List.copyOf(removed);
        left = List.copyOf(left);
        closed = List.copyOf(closed);
        snapshots = List.copyOf(snapshots);
    }

    /// Whether nothing is left that we know of.
    public boolean complete() {
        return left.isEmpty() && closed.isEmpty();
    }
}
