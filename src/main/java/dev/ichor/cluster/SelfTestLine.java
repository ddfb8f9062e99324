package dev.ichor.cluster;

/// One thing a NAS was asked as a booting machine would ask it.
///
/// @param good whether it answered as it should
/// @param sentence for the owner: what it answered, and what to do when that is not good
public record SelfTestLine(boolean good, String sentence) {}
