package dev.ichor.cluster;

import org.jspecify.annotations.Nullable;

import java.util.List;

/// What an owner may set for all machines, and usually does not.
///
/// @param vip an address that the control planes share, or null
/// @param ntpServers who tells the time; empty for Talos' own choice
/// @param mirrors where container images are taken from first
/// @param sans more names and addresses of the Talos and the Kubernetes API
public record ClusterOptions(
        @Nullable Ip4 vip, List<String> ntpServers, List<Mirror> mirrors, List<String> sans) {
    /// Nothing set.
    public static final ClusterOptions NONE =
            new ClusterOptions(null, List.of(), List.of(), List.of());

    /// A mirror of a registry.
    ///
    /// @param registry the registry's host, for instance `docker.io`
    /// @param endpoints URLs of the mirrors, tried in this order
    public record Mirror(String registry, List<String> endpoints) {
        /// Copies the list.
        public Mirror {
            endpoints = List.copyOf(endpoints);
        }
    }

    /// Copies the lists.
    public ClusterOptions {
        ntpServers = List.copyOf(ntpServers);
        mirrors = List.copyOf(mirrors);
        sans = List.copyOf(sans);
    }
}
