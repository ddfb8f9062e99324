package dev.ichor.steps;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;

/// How Talos is to be had.
///
/// @param acceptUnverified take it also when nothing vouches for it: the owner's word
/// @param from a folder or ZIP archive, or null for the internet
public record DownloadWish(boolean acceptUnverified, @Nullable Path from) {
    /// Verified, from the internet.
    public static final DownloadWish USUAL = new DownloadWish(false, null);
}
