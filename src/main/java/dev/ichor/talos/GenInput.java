package dev.ichor.talos;

import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.TalosVersion;

import java.net.URI;
import java.util.List;

/// What machine configs are made of, besides the secrets.
///
/// @param clusterName cluster name
/// @param endpoint Kubernetes API, `https://host:port`
/// @param talos Talos release the machines boot
/// @param kubernetes Kubernetes release without `v`
/// @param disk where Talos goes when a node does not say
/// @param installImage the image that Talos installs itself from
/// @param additionalSans more names and addresses of both APIs
/// @param dnsDomain the cluster's own domain
/// @param workOnControlPlanes whether control planes run workloads too
public record GenInput(
        String clusterName,
        URI endpoint,
        TalosVersion talos,
        String kubernetes,
        InstallDisk disk,
        String installImage,
        List<String> additionalSans,
        String dnsDomain,
        boolean workOnControlPlanes) {
    /// The domain nobody changes.
    public static final String CLUSTER_LOCAL = "cluster.local";

    /// Copies the list.
    public GenInput {
        additionalSans = List.copyOf(additionalSans);
    }

    GenInput on(InstallDisk other) {
        return new GenInput(
                clusterName,
                endpoint,
                talos,
                kubernetes,
                other,
                installImage,
                additionalSans,
                dnsDomain,
                workOnControlPlanes);
    }
}
