package dev.ichor.cluster;

/// What copying a tree to the NAS did.
///
/// @param copied files written and read back
/// @param kept files that were the same already
/// @param deleted files that were needed no more
/// @param bytes how much was written
public record DeployReport(int copied, int kept, int deleted, long bytes) {}
