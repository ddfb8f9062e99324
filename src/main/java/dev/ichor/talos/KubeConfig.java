package dev.ichor.talos;

import java.net.URI;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Map;

/// An administrator's kubeconfig, made offline: the same that a node would hand out.
///
/// @param cluster cluster name
/// @param server Kubernetes API
/// @param identity the administrator, `O=system:masters, CN=admin`
public record KubeConfig(String cluster, URI server, ClientIdentity identity) {

    /// A fresh administrator, valid for 365 days.
    public static KubeConfig create(
            GenInput input, Secrets secrets, InstantSource clock, SecureRandom random) {
        PemPair client = new Authority(secrets.kubernetes()).kubernetesAdmin(clock, random);
        return new KubeConfig(
                input.clusterName(),
                input.endpoint(),
                new ClientIdentity(secrets.kubernetes().crt(), client));
    }

    /// As a file's text. Holds a secret.
    public String yaml() {
        String user = "admin@" + cluster;
        Fields api =
                Fields.of("server", server.toString())
                        .put("certificate-authority-data", Pem.base64(identity.ca()));
        Fields admin =
                Fields.of("client-certificate-data", Pem.base64(identity.client().crt()))
                        .put("client-key-data", Pem.base64(identity.client().key()));
        Fields context =
                Fields.of("cluster", cluster).put("namespace", "default").put("user", user);
        return Yaml.write(
                List.of(
                        Fields.of("apiVersion", "v1")
                                .put("kind", "Config")
                                .put("clusters", named(cluster, "cluster", api))
                                .put("users", named(user, "user", admin))
                                .put("contexts", named(user, "context", context))
                                .put("current-context", user)
                                .map()));
    }

    private static List<Map<String, Object>> named(String name, String kind, Fields what) {
        return List.of(Fields.of("name", name).put(kind, what).map());
    }

    /// Reads a kubeconfig with one cluster and one user.
    ///
    /// @throws IllegalArgumentException when it lacks a part
    public static KubeConfig parse(String text) {
        YamlTree root = Yaml.one(text);
        YamlTree cluster = first(root, "clusters");
        YamlTree user = first(root, "users");
        return new KubeConfig(
                cluster.text("name"),
                URI.create(cluster.text("cluster", "server")),
                new ClientIdentity(
                        Pem.text(cluster.text("cluster", "certificate-authority-data")),
                        PemPair.ofBase64(
                                user.text("user", "client-certificate-data"),
                                user.text("user", "client-key-data"))));
    }

    private static YamlTree first(YamlTree root, String list) {
        return root.items(list).stream()
                .findFirst()
                .orElseThrow(() -> new BadYaml(root.line(), list + " is missing"));
    }
}
