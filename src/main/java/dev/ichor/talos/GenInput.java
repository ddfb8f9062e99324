package dev.ichor.talos;

import dev.ichor.cluster.ClusterOptions;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.TalosVersion;

import java.net.URI;

/// What machine configs are made of, besides the secrets.
///
/// @param clusterName cluster name
/// @param endpoint Kubernetes API, `https://host:port`
/// @param talos Talos release the machines boot
/// @param kubernetes Kubernetes release without `v`
/// @param disk where Talos goes when a node does not say
/// @param installImage the image that Talos installs itself from
/// @param options what is set for all machines
/// @param dnsDomain the cluster's own domain
/// @param workOnControlPlanes whether control planes run workloads too
/// @param discovery whether the machines look for each other through Talos' discovery service
public record GenInput(
        String clusterName,
        URI endpoint,
        TalosVersion talos,
        String kubernetes,
        InstallDisk disk,
        String installImage,
        ClusterOptions options,
        String dnsDomain,
        boolean workOnControlPlanes,
        boolean discovery) {
    /// The domain nobody changes.
    public static final String CLUSTER_LOCAL = "cluster.local";

    /// The host of the endpoint, without the brackets of IPv6.
    String host() {
        String authority = endpoint.getRawAuthority();
        String host = authority.replaceFirst("^.*@", "").replaceFirst(":[0-9]*$", "");
        return host.replaceAll("[\\[\\]]", "");
    }

    GenInput on(InstallDisk other) {
        return new GenInput(
                clusterName,
                endpoint,
                talos,
                kubernetes,
                other,
                installImage,
                options,
                dnsDomain,
                workOnControlPlanes,
                discovery);
    }
}
