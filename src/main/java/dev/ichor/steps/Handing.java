package dev.ichor.steps;

import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.netboot.ConfigSource;
import dev.ichor.netboot.Gate;
import dev.ichor.talos.MachineConfigs;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.api.Ears;
import dev.ichor.talos.api.Pending;

import java.nio.charset.StandardCharsets;
import java.util.Optional;
import java.util.function.Supplier;

/// The machines' configs as they are handed out, by HTTP or over their own API. The plan is asked
/// each time, for the owner may choose a disk meanwhile.
///
/// @param plan the plan now
/// @param secrets the cluster's
/// @param ears where machines send their logs to
/// @param overHttp whether configs are handed out by HTTP where they need not be
record Handing(Supplier<ClusterPlan> plan, Secrets secrets, Ears ears, boolean overHttp)
        implements ConfigSource {
    @Override
    public Optional<byte[]> configFor(Mac mac) {
        return plan.get().node(mac).map(this::config).map(Handing::bytes);
    }

    /// From Talos 1.13 on a config goes over the machine's own API, encrypted and to the
    /// fingerprint that its screen shows; and so it does where the disk is still to be chosen.
    @Override
    public Optional<byte[]> withoutSecrets(Mac mac) {
        ClusterPlan now = plan.get();
        boolean may = !overHttp && now.talos().atLeast(1, 13);
        return now.node(mac)
                .filter(n -> may || asks(n))
                .map(n -> bytes(ears.sinks(mac).part(n.hostname())));
    }

    private String config(Node node) {
        return ears.sinks(node.mac())
                .in(MachineConfigs.node(MachineConfigs.of(plan.get()), secrets, node));
    }

    private static byte[] bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8);
    }

    private static boolean asks(Node node) {
        return node.disk() instanceof InstallDisk.Ask;
    }

    /// The same over the machines' own API.
    Pending pending(Gate gate) {
        return new Pending() {
            /// The gate is asked also when the disk is unknown, for it tells that it waits.
            @Override
            public Optional<String> config(Mac mac, Ip4 at) {
                return gate.mayPush(mac, at)
                        ? plan.get().node(mac).filter(n -> !asks(n)).map(Handing.this::config)
                        : Optional.empty();
            }

            @Override
            public void pushed(Mac mac, String config) {
                gate.pushed(mac, bytes(config));
            }

            @Override
            public boolean asksForDisk(Mac mac) {
                return plan.get().node(mac).filter(Handing::asks).isPresent();
            }
        };
    }
}
