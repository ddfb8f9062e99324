package dev.ichor.steps;

import dev.ichor.cluster.ClusterOptions;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.netboot.template.TemplateText;
import dev.ichor.talos.ImportedConfig;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.SecretsFile;
import dev.ichor.talos.Talhelper;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.stream.Stream;

/// Makes a cluster folder of what somebody set up by hand: a Matchbox folder, a folder of talosctl
/// or talhelper's `talconfig.yaml`. The source stays as it is.
public final class Import {
    private static final long LARGEST = 1 << 20;

    /// What became of it, each a sentence.
    ///
    /// @param taken what is in the cluster folder now
    /// @param left what is not, and why
    /// @param warnings what the owner must know
    public record Report(List<String> taken, List<String> left, List<String> warnings) {}

    private final Path source;
    private final ClusterFolder folder;
    private final List<String> taken = new ArrayList<>();
    private final List<String> left = new ArrayList<>();
    private final List<String> warnings = new ArrayList<>();
    private final Map<String, String> confidential = new LinkedHashMap<>();
    private Draft draft = Draft.empty();
    private @Nullable Secrets secrets;

    private Import(Path source, ClusterFolder folder) {
        this.source = source;
        this.folder = folder;
    }

    /// Imports a folder, or a `talconfig.yaml`.
    ///
    /// @param newSecrets whether the old secrets are left behind
    /// @throws ProblemException when there is nothing to import, or a cluster is there already
    public static Report run(Path source, Path into, boolean newSecrets) throws IOException {
        Path root = Files.isRegularFile(source) ? source.resolveSibling("") : source;
        ClusterFolder folder = ClusterFolder.open(into);
        if (folder.exists() || Files.exists(folder.secrets()) || Files.exists(folder.locked())) {
            throw new ProblemException(
                    "There is a cluster in " + into + " already.",
                    "Nothing was taken over.",
                    "Choose an empty folder.");
        }
        Import one = new Import(root, folder);
        if (Files.isDirectory(root.resolve("groups"))
                && Files.isDirectory(root.resolve("profiles"))) {
            new MatchboxImport(root, one::file, one::machine, one).run();
        } else if (Files.exists(root.resolve("talconfig.yaml"))) {
            one.talhelper(root.resolve("talconfig.yaml"));
        } else {
            one.talosctl();
        }
        return one.finish(newSecrets);
    }

    private Report finish(boolean newSecrets) throws IOException {
        if (taken.isEmpty()) {
            throw new ProblemException(
                    "There is nothing to import in " + source + ".",
                    "It is no Matchbox folder, has no machine config and no talconfig.yaml.",
                    "Name the folder that holds groups/ and profiles/, or controlplane.yaml.");
        }
        folder.write(draft);
        if (secrets != null && !newSecrets) {
            SecretsFile.write(folder.secrets(), secrets);
            taken.add("the secrets, to private/secrets.yaml");
        } else if (secrets == null) {
            left.add("the secrets: no control plane's config holds them; new ones will be made");
        } else {
            left.add("the secrets, as asked for: new ones will be made, for machines reinstalled");
        }
        for (Map.Entry<String, String> e : confidential.entrySet()) {
            ClusterFolder.writeSecret(folder.confidential().resolve(e.getKey()), e.getValue());
        }
        return new Report(List.copyOf(taken), List.copyOf(left), List.copyOf(warnings));
    }

    int takenSoFar() {
        return taken.size();
    }

    void left(String what) {
        left.add(what);
    }

    void warn(String what) {
        warnings.add(what);
    }

    /// A file that may be a config or a talosconfig; nothing else is of use here.
    ///
    /// @param name under which it goes to `private/`
    Optional<ImportedConfig> file(Path file, String name) throws IOException {
        if (!Files.isRegularFile(file) || Files.size(file) > LARGEST) {
            return Optional.empty();
        }
        try {
            return text(TemplateText.unescape(Files.readString(file)), name);
        } catch (CharacterCodingException e) {
            return Optional.empty();
        } catch (IllegalArgumentException e) {
            left.add(name + ": " + e.getMessage());
            return Optional.empty();
        }
    }

    private Optional<ImportedConfig> text(String text, String name) {
        if (ImportedConfig.isTalosconfig(text)) {
            confidential.put("talosconfig", text);
            taken.add(name + ", to private/talosconfig");
            return Optional.empty();
        }
        Optional<ImportedConfig> config = ImportedConfig.read(text);
        config.ifPresent(c -> {
            confidential.put("imported-" + name.replaceAll("[^A-Za-z0-9.-]", "_"), text);
            taken.add(name + ", to private/");
            cluster(c.cluster(), c.endpoint(), c.talos(), c.kubernetes());
            c.secrets().ifPresent(s -> secrets = s);
        });
        return config;
    }

    private void cluster(String name, String endpoint, String talos, String kubernetes) {
        draft =
                draft.named(name.isEmpty() ? draft.clusterName() : name)
                        .reachedAt(endpoint.isEmpty() ? draft.endpoint() : endpoint)
                        .versions(
                                talos.isEmpty() ? draft.talos() : talos,
                                kubernetes.isEmpty() ? draft.kubernetes() : kubernetes);
    }

    /// A machine with its place.
    void machine(Mac mac, Role role, String hostname, InstallDisk disk) {
        String name = hostname.isEmpty() ? role.talosType() + "-" + mac.hyphens() : hostname;
        draft = draft.assign(mac, new Draft.Wish(role, name, disk, Life.ALWAYS_NETBOOT));
        taken.add("the machine " + mac + " as " + name);
    }

    private void talosctl() throws IOException {
        try (Stream<Path> all = Files.list(source)) {
            for (Path file : all.sorted().toList()) {
                String name = String.valueOf(file.getFileName());
                if (name.equals("secrets.yaml")) {
                    bundle(file);
                    continue;
                }
                Optional<ImportedConfig> config = file(file, name);
                config.ifPresent(c -> owned(c, name));
            }
        }
    }

    private void owned(ImportedConfig c, String name) {
        if (c.mac().isPresent()) {
            machine(c.mac().get(), c.role(), c.hostname(), c.disk());
        } else if (!c.hostname().isEmpty()) {
            left.add(
                    name
                            + ": it names no MAC, so "
                            + c.hostname()
                            + " gets its role again when it is found");
        }
    }

    private void bundle(Path file) throws IOException {
        String text = Files.readString(file);
        secrets = SecretsFile.parse(text, file);
        taken.add(String.valueOf(file.getFileName()));
        SecretsFile.unknownKeys(text).forEach(k -> left.add(file.getFileName() + ": key " + k));
    }

    private void talhelper(Path file) throws IOException {
        Talhelper t;
        try {
            t = Talhelper.read(Files.readString(file));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    file + " cannot be read.", "In " + e.getMessage() + ".", "Mend it first.");
        }
        cluster(t.cluster(), t.endpoint(), t.talos(), t.kubernetes());
        draft = draft.with(new ClusterOptions(null, List.of(), List.of(), t.sans()));
        taken.add("the cluster " + t.cluster() + " of " + file.getFileName());
        for (Talhelper.Machine m : t.machines()) {
            if (m.mac().isEmpty()) {
                left.add(m.hostname() + ": talconfig.yaml names no MAC of it");
                continue;
            }
            machine(m.mac().get(), m.role(), m.hostname(), m.disk());
            draft = draft.found(seen(m.mac().get(), m.ip().orElse(null)));
        }
        t.left().forEach(k -> left.add("the setting " + k));
        Path bundle = source.resolve("talsecret.yaml");
        if (Files.exists(bundle)) {
            bundle(bundle);
        }
        if (Files.exists(source.resolve("talsecret.sops.yaml"))) {
            left.add("talsecret.sops.yaml: it is encrypted; decrypt it to talsecret.yaml first");
        }
    }

    private static Machine seen(Mac mac, @Nullable Ip4 ip) {
        return new Machine(mac, ip, "", "", Firmware.UNKNOWN, false);
    }
}
