package dev.ichor.steps;

import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.netboot.ConfigSource;
import dev.ichor.talos.MachineConfigs;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.Sinks;
import dev.ichor.talos.api.Ears;
import dev.ichor.talos.api.Pending;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// The machines' configs as they are handed out, by HTTP or over their own API. The plan is asked
/// each time, for the owner may choose a disk meanwhile.
///
/// @param plan the plan now
/// @param secrets the cluster's
/// @param ears where machines send their logs to
record Handing(Supplier<ClusterPlan> plan, Secrets secrets, Ears ears) implements ConfigSource {
    /// While its disk is unknown, a machine gets a part without secrets, with which it waits in
    /// maintenance mode.
    @Override
    public Optional<byte[]> configFor(Mac mac) {
        return plan.get()
                .node(mac)
                .map(n -> asks(n) ? ears.sinks(mac).documents() : config(n))
                .map(text -> text.getBytes(StandardCharsets.UTF_8));
    }

    private String config(Node node) {
        Sinks sinks = ears.sinks(node.mac());
        return sinks.in(MachineConfigs.node(MachineConfigs.of(plan.get()), secrets, node));
    }

    private static boolean asks(Node node) {
        return node.disk() instanceof InstallDisk.Ask;
    }

    /// The same over the machines' own API.
    ///
    /// @param approved the owner's word
    Pending pending(Predicate<Mac> approved) {
        return new Pending() {
            @Override
            public Optional<String> config(Mac mac) {
                return approved.test(mac)
                        ? plan.get().node(mac).filter(n -> !asks(n)).map(Handing.this::config)
                        : Optional.empty();
            }

            @Override
            public boolean asksForDisk(Mac mac) {
                return plan.get().node(mac).filter(Handing::asks).isPresent();
            }
        };
    }
}
