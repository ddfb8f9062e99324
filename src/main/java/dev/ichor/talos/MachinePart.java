package dev.ichor.talos;

import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Role;

/// The `machine:` half of a config.
final class MachinePart {
    private static final int KUBE_PRISM_PORT = 7445;

    private MachinePart() {}

    static Fields of(GenInput in, Secrets secrets, Role role, OneMachine one) {
        Contract contract = Contract.of(in.talos());
        boolean control = role == Role.CONTROL_PLANE;
        Fields network =
                contract.networkDocuments() ? new Fields() : LegacyNetwork.of(in, role, one);
        return Fields.of("type", role.talosType())
                .put("token", secrets.trustdToken())
                .put(
                        "ca",
                        control
                                ? Fields.pair(secrets.talos())
                                : Fields.certificateOnly(secrets.talos()))
                .put("certSANs", in.options().sans())
                .put("kubelet", kubelet(in))
                .putIf(contract.networkKey(), "network", network)
                .put("install", install(in, contract))
                .putIf(
                        !contract.networkDocuments() && !in.options().ntpServers().isEmpty(),
                        "time",
                        Fields.of("servers", in.options().ntpServers()))
                .putIf(
                        !contract.networkDocuments() && !in.options().mirrors().isEmpty(),
                        "registries",
                        LegacyNetwork.registries(in))
                .put("features", features(contract))
                .putIf(
                        control,
                        "nodeLabels",
                        Fields.of("node.kubernetes.io/exclude-from-external-load-balancers", ""));
    }

    private static Fields kubelet(GenInput in) {
        return Fields.of("image", "ghcr.io/siderolabs/kubelet:v" + in.kubernetes())
                .put("defaultRuntimeSeccompProfileEnabled", true)
                .put("disableManifestsDirectory", true);
    }

    private static Fields install(GenInput in, Contract contract) {
        return disk(in.disk())
                .put("image", in.installImage())
                .put("wipe", false)
                .putIf(contract.ukiCmdline(), "grubUseUKICmdline", true);
    }

    private static Fields disk(InstallDisk disk) {
        return switch (disk) {
            case InstallDisk.Device d -> Fields.of("disk", d.path());
            case InstallDisk.Serial s -> Fields.of("diskSelector", Fields.of("serial", s.serial()));
            case InstallDisk.Wwid w -> Fields.of("diskSelector", Fields.of("wwid", w.wwid()));
            case InstallDisk.Size s -> Fields.of("diskSelector", Fields.of("size", s.size()));
            case InstallDisk.Ask _ ->
                    throw new IllegalArgumentException("the disk was not chosen yet");
        };
    }

    private static Fields features(Contract contract) {
        boolean old = contract.oldFeatures();
        return new Fields()
                .putIf(old, "rbac", true)
                .putIf(old, "stableHostname", true)
                .putIf(old, "apidCheckExtKeyUsage", true)
                .put("diskQuotaSupport", true)
                .put("kubePrism", Fields.of("enabled", true).put("port", KUBE_PRISM_PORT))
                .put("hostDNS", Fields.of("enabled", true).put("forwardKubeDNSToHost", true));
    }
}
