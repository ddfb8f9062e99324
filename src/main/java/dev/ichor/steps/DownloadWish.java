package dev.ichor.steps;

import dev.ichor.cluster.Problem;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.function.Predicate;

/// How Talos is to be had.
///
/// @param accepts take it also when nothing vouches for it, told why: the owner's word
/// @param from a folder or ZIP archive, or null for the internet
public record DownloadWish(Predicate<Problem> accepts, @Nullable Path from) {
    /// Verified, from the internet.
    public static final DownloadWish USUAL = new DownloadWish(false, null);

    /// The owner's word given beforehand, or not at all.
    public DownloadWish(boolean acceptUnverified, @Nullable Path from) {
        this(why -> acceptUnverified, from);
    }

    /// With somebody to ask when the word was not given.
    DownloadWish asking(Owner owner) {
        return new DownloadWish(accepts.or(owner::acceptUnverified), from);
    }
}
