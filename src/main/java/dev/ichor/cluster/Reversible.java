package dev.ichor.cluster;

/// A change of a device's settings that knows the way back.
///
/// @param <C> what kind of change
public interface Reversible<C> {
    /// The way back.
    C undo();

    /// As shown to the owner before it is written.
    String difference();
}
