package dev.ichor.talos;

import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// talosctl's client configuration with one context.
///
/// @param context the context's name: the cluster's
/// @param endpoints control planes that talosctl calls
/// @param nodes machines it means when none are named; may be empty
/// @param identity the administrator, `O=os:admin`
public record TalosConfig(
        String context, List<String> endpoints, List<String> nodes, ClientIdentity identity) {

    /// Copies the lists.
    public TalosConfig {
        endpoints = List.copyOf(endpoints);
        nodes = List.copyOf(nodes);
    }

    /// A fresh administrator, valid for 365 days.
    public static TalosConfig create(
            String cluster,
            List<String> endpoints,
            Secrets secrets,
            InstantSource clock,
            SecureRandom random) {
        PemPair client = new Authority(secrets.talos()).talosAdmin(clock, random);
        return new TalosConfig(
                cluster, endpoints, List.of(), new ClientIdentity(secrets.talos().crt(), client));
    }

    /// With the machines that talosctl means when none are named.
    public TalosConfig meaning(List<String> machines) {
        return new TalosConfig(context, endpoints, machines, identity);
    }

    /// As a file's text. Holds a secret.
    public String yaml() {
        Fields one =
                Fields.of("endpoints", endpoints)
                        .putIf(!nodes.isEmpty(), "nodes", nodes)
                        .put("ca", Pem.base64(identity.ca()))
                        .putAll(Fields.pair(identity.client()));
        return Yaml.write(
                List.of(
                        Fields.of("context", context)
                                .put("contexts", Fields.of(context, one))
                                .map()));
    }

    /// Reads the current context of a file.
    ///
    /// @throws ProblemException naming the file, when it is no talosconfig
    /// @throws IOException when it cannot be read
    public static TalosConfig read(Path file) throws IOException {
        try {
            return parse(Files.readString(file, StandardCharsets.UTF_8));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    file + " is not a talosconfig.",
                    "In " + e.getMessage() + ".",
                    "Give the talosconfig that was made for this cluster.");
        }
    }

    static TalosConfig parse(String text) {
        YamlTree root = Yaml.one(text);
        String name = root.text("context");
        YamlTree context =
                root.at("contexts", name)
                        .orElseThrow(() -> new BadYaml(1, "the context " + name + " is missing"));
        PemPair client = PemPair.ofBase64(context.text("crt"), context.text("key"));
        return new TalosConfig(
                name,
                context.texts("endpoints"),
                context.texts("nodes"),
                new ClientIdentity(Pem.text(context.text("ca")), client));
    }
}
