package dev.ichor.artifacts;

/// A file of the cache.
///
/// @param sha256 its name, 64 hex digits
/// @param bytes its size
record Blob(String sha256, long bytes) {}
