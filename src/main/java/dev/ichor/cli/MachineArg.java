package dev.ichor.cli;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.ClusterFolder;

import java.io.IOException;
import java.util.List;
import java.util.Optional;

/// A machine as the owner names it on the command line: by host name or MAC.
final class MachineArg {
    private MachineArg() {}

    /// The machine of the cluster's plan.
    ///
    /// @throws ProblemException when the plan has none of that name
    static Node find(ClusterFolder folder, String name) throws IOException {
        List<Node> nodes = nodes(folder);
        Optional<Mac> mac = Mac.parse(name);
        return nodes.stream()
                .filter(n -> n.hostname().equals(name) || mac.equals(Optional.of(n.mac())))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                "No machine of this cluster is called " + name + ".",
                                "It has "
                                        + String.join(
                                                ", ", nodes.stream().map(Node::hostname).toList())
                                        + ".",
                                "Name one of these, or its MAC address."));
    }

    private static List<Node> nodes(ClusterFolder folder) throws IOException {
        var draft = folder.read();
        if (!draft.problems().isEmpty()) {
            throw new ProblemException(draft.problems().getFirst());
        }
        return draft.plan().nodes();
    }
}
