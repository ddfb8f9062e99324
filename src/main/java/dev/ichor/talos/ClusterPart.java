package dev.ichor.talos;

import dev.ichor.cluster.Role;

import java.util.ArrayList;
import java.util.List;

/// The `cluster:` half of a config. A worker's has no key of an authority: Talos refuses it.
final class ClusterPart {
    private ClusterPart() {}

    static Fields of(GenInput in, Secrets secrets, Role role) {
        Fields head =
                Fields.of("id", secrets.clusterId())
                        .put("secret", secrets.clusterSecret())
                        .put("controlPlane", Fields.of("endpoint", in.endpoint().toString()))
                        .put("clusterName", in.clusterName())
                        .put("network", network(in))
                        .put("token", secrets.bootstrapToken());
        return switch (role) {
            case CONTROL_PLANE ->
                    head.putAll(controlPlane(in, secrets))
                            .put("discovery", discovery(in))
                            .put("etcd", Fields.of("ca", Fields.pair(secrets.etcd())))
                            .putIf(
                                    in.workOnControlPlanes(),
                                    "allowSchedulingOnControlPlanes",
                                    true);
            case WORKER ->
                    head.put("ca", Fields.certificateOnly(secrets.kubernetes()))
                            .put("discovery", discovery(in));
        };
    }

    private static Fields network(GenInput in) {
        return Fields.of("dnsDomain", in.dnsDomain())
                .put("podSubnets", List.of("10.244.0.0/16"))
                .put("serviceSubnets", List.of("10.96.0.0/12"));
    }

    private static Fields controlPlane(GenInput in, Secrets s) {
        return new Fields()
                .putIf(!s.aescbc().isEmpty(), "aescbcEncryptionSecret", s.aescbc())
                .putIf(!s.secretbox().isEmpty(), "secretboxEncryptionSecret", s.secretbox())
                .put("ca", Fields.pair(s.kubernetes()))
                .put("aggregatorCA", Fields.pair(s.aggregator()))
                .put("serviceAccount", Fields.of("key", Pem.base64(s.serviceAccount())))
                .put("apiServer", apiServer(in))
                .put("controllerManager", image(in, "kube-controller-manager"))
                .put("proxy", image(in, "kube-proxy"))
                .put("scheduler", image(in, "kube-scheduler"));
    }

    private static Fields image(GenInput in, String name) {
        return Fields.of("image", "registry.k8s.io/" + name + ":v" + in.kubernetes());
    }

    private static Fields apiServer(GenInput in) {
        Contract contract = Contract.of(in.talos());
        List<String> names = new ArrayList<>();
        if (contract.endpointInApiNames()) {
            names.add(in.host());
        }
        names.addAll(in.options().sans());
        return image(in, "kube-apiserver")
                .putIf(!names.isEmpty(), "certSANs", names)
                .putIf(contract.oldFeatures(), "disablePodSecurityPolicy", true)
                .put("admissionControl", List.of(podSecurity().map()))
                .put("auditPolicy", auditPolicy());
    }

    private static Fields podSecurity() {
        Fields defaults =
                Fields.of("audit", "restricted")
                        .put("audit-version", "latest")
                        .put("enforce", "baseline")
                        .put("enforce-version", "latest")
                        .put("warn", "restricted")
                        .put("warn-version", "latest");
        Fields exemptions =
                Fields.of("namespaces", List.of("kube-system"))
                        .put("runtimeClasses", List.of())
                        .put("usernames", List.of());
        return Fields.of("name", "PodSecurity")
                .put(
                        "configuration",
                        Fields.of("apiVersion", "pod-security.admission.config.k8s.io/v1alpha1")
                                .put("defaults", defaults)
                                .put("exemptions", exemptions)
                                .put("kind", "PodSecurityConfiguration"));
    }

    private static Fields auditPolicy() {
        return Fields.of("apiVersion", "audit.k8s.io/v1")
                .put("kind", "Policy")
                .put("rules", List.of(Fields.of("level", "Metadata").map()));
    }

    private static Fields discovery(GenInput in) {
        return Fields.of("enabled", in.discovery())
                .put(
                        "registries",
                        Fields.of("kubernetes", Fields.of("disabled", true))
                                .put("service", new Fields()));
    }
}
