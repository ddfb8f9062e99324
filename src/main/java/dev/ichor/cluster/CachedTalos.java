package dev.ichor.cluster;

import java.time.Instant;

/// What the cache knows of one download.
///
/// @param talos release
/// @param image `release`, or the Image Factory's schematic ID
/// @param arch processor family
/// @param bytes what it takes on the disk, 0 when only its checksums are remembered
/// @param fetched when
/// @param origin how its origin was verified
public record CachedTalos(
        String talos, String image, Arch arch, long bytes, Instant fetched, Origin origin) {
    /// Whether a cluster of this release and image boots it.
    public boolean isOf(TalosVersion release, Image what) {
        return talos.equals(release.toString()) && image.equals(what.id());
    }
}
