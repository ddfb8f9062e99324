package dev.ichor.steps;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.ProblemException;
import dev.ichor.talos.ClientFiles;
import dev.ichor.talos.Expiry;
import dev.ichor.talos.KubeConfig;
import dev.ichor.talos.MachineConfigs;
import dev.ichor.talos.OwnerOnly;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.SecretsFile;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.SortedMap;

/// What an owner does with a cluster's secret files, from any front.
public final class PrivateFiles {
    private static final String DRAFT = "cluster.json";

    /// A certificate's state.
    ///
    /// @param good whether nothing has to be done
    /// @param sentence for the owner
    public record State(boolean good, String sentence) {}

    /// A cluster added to a file of the owner's.
    ///
    /// @param context the name under which it is found
    /// @param backup the file as it was before, when there was one
    public record Added(String context, Optional<Path> backup) {}

    private final ClusterFolder folder;
    private final Vault vault;
    private final InstantSource clock;
    private final SecureRandom random;

    PrivateFiles(ClusterFolder folder, Vault vault, InstantSource clock, SecureRandom random) {
        this.folder = folder;
        this.vault = vault;
        this.clock = clock;
        this.random = random;
    }

    /// Those of a cluster folder.
    ///
    /// @throws ProblemException when there is no cluster
    public static PrivateFiles of(
            Path cluster, InstantSource clock, SecureRandom random, Owner owner)
            throws IOException {
        if (!Files.isDirectory(cluster)) {
            throw new ProblemException(
                    "There is no cluster in " + cluster + ".",
                    "The folder is missing.",
                    "Choose another folder, or begin a new cluster.");
        }
        ClusterFolder folder = ClusterFolder.open(cluster);
        Vault vault = new Vault(clock, random, folder, () -> owner.passphrase(folder.root()));
        return new PrivateFiles(folder, vault, clock, random);
    }

    /// Whether a passphrase covers them.
    public boolean locked() {
        return vault.locked();
    }

    /// Puts them under a passphrase, or under another one.
    ///
    /// @throws ProblemException when it is too short, or there are no secrets yet
    public void lock(char[] passphrase) throws IOException {
        needSecrets();
        vault.lock(passphrase);
    }

    /// Puts them back in the clear.
    public void unlock() throws IOException {
        if (!locked()) {
            throw new ProblemException("The secrets are not locked.", "", "Nothing is to be done.");
        }
        vault.unlock();
    }

    /// Until when each certificate is good.
    public List<State> expiry() throws IOException {
        needSecrets();
        Secrets secrets = vault.secrets();
        List<Expiry.Line> lines = new ArrayList<>();
        var now = clock.instant();
        Optional<String> talos = vault.read("talosconfig");
        if (talos.isPresent()) {
            lines.add(Expiry.ofTalosconfig(talos.get(), secrets, now));
        }
        Optional<String> kubernetes = vault.read("kubeconfig");
        if (kubernetes.isPresent()) {
            lines.add(Expiry.ofKubeconfig(kubernetes.get(), secrets, now));
        }
        lines.addAll(Expiry.of(secrets, now));
        return lines.stream().map(l -> new State(l.good(), l.sentence())).toList();
    }

    /// Makes talosconfig and, where there is one, kubeconfig anew, good for another year.
    public void renew() throws IOException {
        needSecrets();
        Draft draft = folder.read();
        if (!draft.problems().isEmpty()) {
            throw new ProblemException(draft.problems().getFirst());
        }
        Secrets secrets = vault.secrets();
        vault.write("talosconfig", Configure.talosconfig(draft.plan(), secrets, clock, random));
        if (vault.read("kubeconfig").isPresent()) {
            vault.write("kubeconfig", kubeconfig());
        }
    }

    /// An administrator of Kubernetes for the plan, made here without asking a node.
    public String kubeconfig() throws IOException {
        needSecrets();
        Draft draft = folder.read();
        if (!draft.problems().isEmpty()) {
            throw new ProblemException(draft.problems().getFirst());
        }
        return KubeConfig.create(MachineConfigs.of(draft.plan()), vault.secrets(), clock, random)
                .yaml();
    }

    /// Adds the cluster to a kubeconfig of the owner's, such as `~/.kube/config`.
    public Added mergeKubeconfig(Path into) throws IOException {
        Optional<String> own = vault.read("kubeconfig");
        ClientFiles.Merged done =
                ClientFiles.addKubernetes(
                        into, own.isPresent() ? own.get() : kubeconfig(), clock.instant());
        return new Added(done.context(), done.backup());
    }

    /// Adds the cluster to a talosconfig of the owner's, such as `~/.talos/config`.
    public Added mergeTalosconfig(Path into) throws IOException {
        String own =
                vault.read("talosconfig")
                        .orElseThrow(() ->
                                new ProblemException(
                                        "There is no talosconfig yet.",
                                        "",
                                        "Do the step Configure first."));
        ClientFiles.Merged done = ClientFiles.addTalos(into, own, clock.instant());
        return new Added(done.context(), done.backup());
    }

    /// Writes the recovery kit: everything that makes this cluster, in one file that a passphrase
    /// opens.
    ///
    /// @throws ProblemException when the file is there already
    public void exportKit(Path to, char[] passphrase) throws IOException {
        needSecrets();
        if (passphrase.length < 8) {
            throw new ProblemException(
                    "That passphrase is too short.",
                    "Whoever finds the kit can try many in a second.",
                    "Take eight characters or more; some words are best.");
        }
        SortedMap<String, String> files = vault.files();
        if (folder.exists()) {
            files.put(DRAFT, DraftJson.write(folder.read()));
        }
        OwnerOnly.write(to, Kit.seal(files, passphrase, random));
    }

    /// Puts a recovery kit back.
    ///
    /// @param confirmation must be the cluster's name where other secrets are there already
    /// @return the files put back
    /// @throws ProblemException when it cannot be opened, or would replace other secrets
    public List<String> restoreKit(Path kit, char[] passphrase, String confirmation)
            throws IOException {
        SortedMap<String, String> files = Kit.open(kit, passphrase);
        SecretsFile.parse(files.getOrDefault("secrets.yaml", ""), kit);
        if (hasSecrets() && !vault.files().equals(without(files))) {
            String name = folder.exists() ? folder.read().clusterName() : "";
            if (name.isEmpty() || !name.equals(confirmation)) {
                throw new ProblemException(
                        "Other secrets are in " + folder.root() + " already.",
                        "Whoever replaces a cluster's secrets loses the cluster.",
                        "Restore into an empty folder, or confirm with the cluster's name.");
            }
        }
        for (Map.Entry<String, String> file : files.entrySet()) {
            if (Vault.covers(file.getKey())) {
                vault.write(file.getKey(), file.getValue());
            } else if (file.getKey().equals(DRAFT) && !folder.exists()) {
                folder.write(DraftJson.read(file.getValue(), kit));
            }
        }
        return List.copyOf(files.keySet());
    }

    private static SortedMap<String, String> without(SortedMap<String, String> files) {
        SortedMap<String, String> secret = new java.util.TreeMap<>(files);
        secret.remove(DRAFT);
        return secret;
    }

    private boolean hasSecrets() {
        return vault.locked() || Files.exists(folder.secrets());
    }

    private void needSecrets() throws ProblemException {
        if (!hasSecrets()) {
            throw new ProblemException(
                    "There are no secrets in " + folder.root() + " yet.",
                    "",
                    "Do the step Configure first.");
        }
    }
}
