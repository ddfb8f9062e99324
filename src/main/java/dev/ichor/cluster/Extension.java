package dev.ichor.cluster;

/// An official system extension of a Talos release.
///
/// @param name as a schematic names it, `siderolabs/realtek-firmware`
/// @param description one or more sentences, or empty
/// @param author who made it, or empty
public record Extension(String name, String description, String author) {}
