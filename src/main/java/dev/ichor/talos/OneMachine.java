package dev.ichor.talos;

import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

/// What a config says of one machine alone.
///
/// @param hostname its name, or empty for a config of many machines
/// @param mac which of its links is meant, or null
/// @param fixed its address, or null to ask a DHCP server
record OneMachine(String hostname, @Nullable Mac mac, @Nullable FixedAddress fixed) {
    /// None in particular.
    static final OneMachine ANY = new OneMachine("", null, null);
}
