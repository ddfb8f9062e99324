package dev.ichor.talos;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Map;
import java.util.Optional;

/// Adds a cluster to the owner's own `~/.kube/config` or `~/.talos/config`. Lines of others stay as
/// they are, a copy of the file before is kept, and only the owner may read the result.
public final class ClientFiles {
    private ClientFiles() {}

    /// What was done.
    ///
    /// @param context the name under which the cluster is found
    /// @param backup the file as it was before, when there was one
    public record Merged(String context, Optional<Path> backup) {}

    /// Adds an administrator of Kubernetes. The current context stays when one is set.
    ///
    /// @throws ProblemException when the file cannot be read or written as it is
    public static Merged addKubernetes(Path file, String kubeconfig, Instant now)
            throws IOException {
        YamlTree ours = Yaml.one(kubeconfig);
        String context = ours.text("current-context");
        return edit(
                file,
                now,
                context,
                before -> {
                    refuseStranger(before, ours);
                    String text = before;
                    for (String key : new String[] {"clusters", "users", "contexts"}) {
                        YamlTree item = ours.items(key).getFirst();
                        text = YamlEdit.item(text, key, item.text("name"), plain(item));
                    }
                    return completed(text, context);
                });
    }

    private static String completed(String text, String context) {
        YamlTree root = Yaml.one(text);
        StringBuilder more = new StringBuilder();
        if (root.optional("current-context").isEmpty()) {
            if (root.at("current-context").isPresent()) {
                return text.replaceFirst(
                        "(?m)^current-context:.*$", "current-context: " + quoted(context));
            }
            more.append("current-context: ").append(quoted(context)).append('\n');
        }
        if (root.optional("kind").isEmpty()) {
            more.insert(0, "apiVersion: v1\nkind: Config\n");
        }
        return text + more;
    }

    private static String quoted(String name) {
        return Yaml.write(java.util.List.of(Map.of("k", name))).substring(3).strip();
    }

    /// Another cluster of the same name is not ours to replace.
    private static void refuseStranger(String before, YamlTree ours) {
        YamlTree mine = ours.items("clusters").getFirst();
        for (YamlTree document : YamlReader.read(before)) {
            for (YamlTree there : document.items("clusters")) {
                if (there.optional("name").equals(mine.text("name"))
                        && !there.optional("cluster", "certificate-authority-data")
                                .equals(mine.text("cluster", "certificate-authority-data"))) {
                    throw new BadYaml(
                            there.line(),
                            "another cluster is called " + mine.text("name") + " already");
                }
            }
        }
    }

    /// Adds an administrator of Talos. The current context stays when one is set.
    ///
    /// @throws ProblemException when the file cannot be read or written as it is
    public static Merged addTalos(Path file, String talosconfig, Instant now) throws IOException {
        YamlTree ours = Yaml.one(talosconfig);
        String context = ours.text("context");
        YamlTree mine = ours.at("contexts", context).orElseThrow();
        return edit(
                file,
                now,
                context,
                before -> {
                    for (YamlTree document : YamlReader.read(before)) {
                        Optional<YamlTree> there = document.at("contexts", context);
                        if (there.isPresent()
                                && !there.get().optional("ca").equals(mine.text("ca"))) {
                            throw new BadYaml(
                                    there.get().line(),
                                    "another cluster is called " + context + " already");
                        }
                    }
                    String text = YamlEdit.entry(before, "contexts", context, plain(mine));
                    return Yaml.one(text).optional("context").isEmpty()
                            ? "context: " + quoted(context) + "\n" + text
                            : text;
                });
    }

    @SuppressWarnings("unchecked") // a mapping reads as one
    private static Map<String, Object> plain(YamlTree tree) {
        return (Map<String, Object>) inOrder(tree);
    }

    private static Object inOrder(YamlTree tree) {
        return switch (tree) {
            case YamlTree.Scalar s -> s.text();
            case YamlTree.Items i -> i.items().stream().map(ClientFiles::inOrder).toList();
            case YamlTree.Entries e -> {
                Fields fields = new Fields();
                e.entries().forEach((k, v) -> fields.put(k, inOrder(v)));
                yield fields.map();
            }
        };
    }

    @FunctionalInterface
    private interface Edit {
        String on(String before);
    }

    private static Merged edit(Path file, Instant now, String context, Edit edit)
            throws IOException {
        Path real = Files.exists(file) ? file.toRealPath() : file.toAbsolutePath();
        try {
            String before = Files.exists(real) ? Files.readString(real) : "";
            String after = edit.on(before);
            Optional<Path> backup = Optional.empty();
            if (!before.isEmpty()) {
                Path copy =
                        real.resolveSibling(
                                real.getFileName()
                                        + "."
                                        + now.truncatedTo(ChronoUnit.SECONDS)
                                                .toString()
                                                .replace(":", "")
                                        + ".bak");
                OwnerOnly.replaceAll(Map.of(copy, before));
                backup = Optional.of(copy);
            }
            OwnerOnly.folder(real.resolveSibling(""));
            OwnerOnly.replaceAll(Map.of(real, after));
            return new Merged(context, backup);
        } catch (BadYaml | CharacterCodingException e) {
            throw new ProblemException(
                    new Problem(
                            file + " was left as it is.",
                            e instanceof BadYaml b
                                    ? "In " + b.getMessage() + "."
                                    : "It is not text (UTF-8).",
                            "Mend that, or write the cluster's own file and name it to the tool."));
        }
    }
}
