package dev.ichor.ui;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Machine;

import org.jspecify.annotations.Nullable;

/// A line of the roles table.
///
/// @param machine the hardware
/// @param wish its place, or null when it is not used
record RoleLine(Machine machine, Draft.@Nullable Wish wish) {}
