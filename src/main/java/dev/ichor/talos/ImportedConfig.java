package dev.ichor.talos;

import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Role;

import java.util.List;
import java.util.Optional;

/// What can be taken over from a machine config that somebody else wrote.
///
/// @param hostname its own name, or empty
/// @param disk where Talos goes
/// @param talos release of the installer such as `v1.13.9`, or empty
/// @param kubernetes release of the kubelet without `v`, or empty
/// @param mac the link it names by its MAC
/// @param secrets all of the cluster's, which a control plane's config holds
public record ImportedConfig(
        String cluster,
        String endpoint,
        Role role,
        String hostname,
        InstallDisk disk,
        String talos,
        String kubernetes,
        Optional<Mac> mac,
        Optional<Secrets> secrets) {

    /// Reads a machine config.
    ///
    /// @return empty when the text is something else
    /// @throws IllegalArgumentException when it is a config with parts that cannot be
    public static Optional<ImportedConfig> read(String text) {
        List<YamlTree> documents;
        try {
            documents = YamlReader.read(text);
        } catch (BadYaml e) {
            return Optional.empty();
        }
        return documents.stream()
                .filter(d -> d.at("machine", "type").isPresent() && d.at("cluster").isPresent())
                .findFirst()
                .map(main -> of(main, documents));
    }

    /// Whether a text is talosctl's client configuration.
    public static boolean isTalosconfig(String text) {
        try {
            TalosConfig.parse(text);
            return true;
        } catch (IllegalArgumentException e) {
            return false;
        }
    }

    private static ImportedConfig of(YamlTree main, List<YamlTree> documents) {
        Role role =
                main.optional("machine", "type").equals("worker")
                        ? Role.WORKER
                        : Role.CONTROL_PLANE;
        return new ImportedConfig(
                main.optional("cluster", "clusterName"),
                main.optional("cluster", "controlPlane", "endpoint"),
                role,
                hostname(main, documents),
                disk(main),
                tag(main.optional("machine", "install", "image")),
                tag(main.optional("machine", "kubelet", "image")).replaceFirst("^v", ""),
                mac(main),
                role == Role.CONTROL_PLANE ? Optional.of(secrets(main)) : Optional.empty());
    }

    private static String hostname(YamlTree main, List<YamlTree> documents) {
        String old = main.optional("machine", "network", "hostname");
        return documents.stream()
                .filter(d -> d.optional("kind").equals("HostnameConfig"))
                .map(d -> d.optional("hostname"))
                .findFirst()
                .filter(name -> !name.isEmpty())
                .orElse(old);
    }

    private static InstallDisk disk(YamlTree main) {
        String[] selector = {"machine", "install", "diskSelector"};
        Optional<YamlTree> by = main.at(selector);
        String serial = by.map(t -> t.optional("serial")).orElse("");
        String wwid = by.map(t -> t.optional("wwid")).orElse("");
        String size = by.map(t -> t.optional("size")).orElse("");
        if (!serial.isEmpty()) {
            return new InstallDisk.Serial(serial);
        }
        if (!wwid.isEmpty()) {
            return new InstallDisk.Wwid(wwid);
        }
        if (!size.isEmpty()) {
            return new InstallDisk.Size(size);
        }
        String path = main.optional("machine", "install", "disk");
        return new InstallDisk.Device(path.isEmpty() ? "/dev/sda" : path);
    }

    private static String tag(String image) {
        String name = image.substring(image.lastIndexOf('/') + 1).replaceFirst("@.*$", "");
        return name.contains(":") ? name.substring(name.indexOf(':') + 1) : "";
    }

    private static Optional<Mac> mac(YamlTree main) {
        return main.items("machine", "network", "interfaces").stream()
                .map(i -> i.optional("deviceSelector", "hardwareAddr"))
                .flatMap(text -> Mac.parse(text).stream())
                .findFirst();
    }

    private static Secrets secrets(YamlTree main) {
        Secrets secrets =
                new Secrets(
                        main.text("cluster", "id"),
                        main.text("cluster", "secret"),
                        main.text("cluster", "token"),
                        main.optional("cluster", "secretboxEncryptionSecret"),
                        main.optional("cluster", "aescbcEncryptionSecret"),
                        main.text("machine", "token"),
                        pair(main, "cluster", "etcd", "ca"),
                        pair(main, "cluster", "ca"),
                        pair(main, "cluster", "aggregatorCA"),
                        Pem.text(main.text("cluster", "serviceAccount", "key")),
                        pair(main, "machine", "ca"));
        SecretsCheck.check(secrets);
        return secrets;
    }

    private static PemPair pair(YamlTree main, String... path) {
        YamlTree pair =
                main.at(path)
                        .orElseThrow(() ->
                                new BadYaml(main.line(), String.join(".", path) + " is missing"));
        return PemPair.ofBase64(pair.text("crt"), pair.text("key"));
    }
}
