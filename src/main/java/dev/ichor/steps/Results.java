package dev.ichor.steps;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.RouterReport;
import dev.ichor.cluster.SelfTestLine;
import dev.ichor.diagnosis.Finding;

import org.jspecify.annotations.Nullable;

import java.nio.file.Path;
import java.util.List;

/// What the steps have brought so far. Holds no secret.
///
/// @param adapters the PC's network adapters, likeliest first
/// @param router what the router says, or null before it was asked
/// @param pc what of this PC stands in the way of its servers
/// @param fetched Talos on this PC, or null
/// @param configs the config files that will be handed out, masked
/// @param deploy what copying to the NAS would do, or did, or null
/// @param kubeconfig where the kubeconfig lies once the cluster is up, or null
/// @param selfTest what the NAS answered to a booting machine's questions; empty before it was
///   asked
public record Results(
        List<Adapter> adapters,
        @Nullable RouterReport router,
        List<Finding> pc,
        @Nullable Fetched fetched,
        List<ConfigFile> configs,
        @Nullable DeployPlan deploy,
        @Nullable Path kubeconfig,
        List<SelfTestLine> selfTest) {
    /// Copies the lists.
    public Results {
        adapters = List.copyOf(adapters);
        pc = List.copyOf(pc);
        configs = List.copyOf(configs);
        selfTest = List.copyOf(selfTest);
    }

    /// Nothing yet.
    public static final Results NONE =
            new Results(List.of(), null, List.of(), null, List.of(), null, null, List.of());

    Results with(List<Adapter> found) {
        return new Results(found, router, pc, fetched, configs, deploy, kubeconfig, selfTest);
    }

    Results with(RouterReport report) {
        return new Results(adapters, report, pc, fetched, configs, deploy, kubeconfig, selfTest);
    }

    Results withPc(List<Finding> findings) {
        return new Results(
                adapters, router, findings, fetched, configs, deploy, kubeconfig, selfTest);
    }

    Results with(Fetched files) {
        return new Results(adapters, router, pc, files, configs, deploy, kubeconfig, selfTest);
    }

    Results withConfigs(List<ConfigFile> files) {
        return new Results(adapters, router, pc, fetched, files, deploy, kubeconfig, selfTest);
    }

    Results with(DeployPlan plan) {
        return new Results(adapters, router, pc, fetched, configs, plan, kubeconfig, selfTest);
    }

    Results with(Path kubeconfigFile) {
        return new Results(
                adapters, router, pc, fetched, configs, deploy, kubeconfigFile, selfTest);
    }

    Results withTest(List<SelfTestLine> lines) {
        return new Results(adapters, router, pc, fetched, configs, deploy, kubeconfig, lines);
    }
}
