package dev.ichor.cluster;

import java.net.URI;
import java.util.EnumSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// A complete and valid wish: behind it nobody checks again.
///
/// @param name cluster name
/// @param endpoint Kubernetes API, `https://host:port`
/// @param talos Talos release
/// @param kubernetes Kubernetes release without `v`
/// @param image what Talos is built with
/// @param mode who answers the network boot
/// @param nodes at least one control plane; sorted by MAC
/// @param options what is set for all machines
public record ClusterPlan(
        String name,
        URI endpoint,
        TalosVersion talos,
        String kubernetes,
        Image image,
        BootMode mode,
        List<Node> nodes,
        ClusterOptions options) {

    /// Talos as it is released, with no options set.
    public ClusterPlan(
            String name,
            URI endpoint,
            TalosVersion talos,
            String kubernetes,
            BootMode mode,
            List<Node> nodes) {
        this(
                name,
                endpoint,
                talos,
                kubernetes,
                new Image.Release(),
                mode,
                nodes,
                ClusterOptions.NONE);
    }

    /// Copies the list.
    public ClusterPlan {
        nodes = List.copyOf(nodes);
    }

    /// The node with this MAC.
    public Optional<Node> node(Mac mac) {
        return nodes.stream().filter(n -> n.mac().equals(mac)).findFirst();
    }

    /// The control planes, at least one.
    public List<Node> controlPlanes() {
        return nodes.stream().filter(n -> n.role() == Role.CONTROL_PLANE).toList();
    }

    /// The processor families of the nodes.
    public Set<Arch> families() {
        return nodes.stream()
                .map(n -> Arch.of(n.machine().firmware()))
                .collect(Collectors.toCollection(() -> EnumSet.noneOf(Arch.class)));
    }

    /// The image that Talos installs itself from.
    public String installerImage() {
        return image.installer(talos);
    }
}
