package dev.ichor.talos.api;

/// A node as Kubernetes sees it.
///
/// @param name the machine's host name
/// @param internalIp its address, or empty
/// @param ready whether its `Ready` condition is `True`; stays so for 40 s after the machine is
///   gone
/// @param bootId changes each time the machine starts (`status.nodeInfo.bootID`), or empty
public record KubeNode(String name, String internalIp, boolean ready, String bootId) {}
