package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Kubernetes;
import dev.ichor.nas.NasBoot;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The cluster's tree for real Matchbox servers, when one PC is not enough: any number of them may
/// stand behind one address. No secret leaves: machines still ask this PC for their configs.
public final class Export {
    private static final String COMPOSE = "compose.yaml";
    private static final String KUBERNETES = "matchbox.yaml";
    private static final int HTTP = 80;

    private Export() {}

    /// The tree as files, and a compose file that serves them.
    ///
    /// @param folder empty, new, or of an earlier export
    /// @param base where machines will reach the servers, or null for the NAS
    /// @return what to do with it
    /// @throws ProblemException when the folder holds something else, or the address is not known
    public static List<String> compose(Session session, Path folder, @Nullable String base)
            throws IOException, InterruptedException {
        NasTarget nas = session.snapshot().draft().nas();
        URI by = base != null ? TreeFolder.parse(base) : nas != null ? of(nas) : null;
        if (by == null) {
            throw noAddress("8080");
        }
        BootTree tree = served(session, by);
        clear(folder, COMPOSE);
        TreeFolder.write(tree, folder);
        return List.of(
                "Written to " + folder + ". On the server, in this folder: docker compose up -d",
                found(by));
    }

    /// Manifests for two servers on a Kubernetes cluster.
    ///
    /// @param folder where `matchbox.yaml` goes
    /// @param base where machines will reach the service
    /// @param assets where the servers fetch Talos' kernel and initramfs, as another server of this
    ///   tree has them below `/assets`; null for Talos' own places
    /// @return what to do with it
    public static List<String> kubernetes(
            Session session, Path folder, @Nullable String base, @Nullable String assets)
            throws IOException, InterruptedException {
        if (base == null) {
            throw noAddress("30080");
        }
        URI by = TreeFolder.parse(base);
        Fetched talos = Needs.talos(session);
        String manifests =
                Kubernetes.manifests(
                        Assemble.tree(Needs.plan(session), talos, by, Needs.gate(session)),
                        by,
                        name -> source(session, talos, assets, name));
        Files.createDirectories(folder);
        Path file = folder.resolve(KUBERNETES);
        ClusterFolder.replace(file, part -> Files.writeString(part, manifests));
        return List.of(
                "Written to " + file + ". With the cluster's kubeconfig: kubectl apply -f " + file,
                Kubernetes.isNodePort(by)
                        ? by.getHost() + " has to be the address of one of its nodes."
                        : "The cluster needs a load balancer that gives the service "
                                + by.getHost()
                                + "; without one, export for a port from 30000 to 32767.",
                found(by));
    }

    private static URI of(NasTarget nas) throws ProblemException {
        return TreeFolder.parse(nas.httpBase());
    }

    private static String found(URI base) {
        return "iPXE that is told to chain " + base + "/boot.ipxe boots from there.";
    }

    /// In the modes in which the NAS boots the machines it comes with its TFTP root.
    private static BootTree served(Session session, URI base)
            throws IOException, InterruptedException {
        BootTree tree = NasTree.of(session, base);
        if (tree.get(COMPOSE).isPresent()) {
            return tree;
        }
        Map<String, Content> files = new TreeMap<>();
        for (String path : tree.list("")) {
            files.put(path, tree.get(path).orElseThrow());
        }
        int port = base.getPort() < 0 ? HTTP : base.getPort();
        files.put(COMPOSE, new Content.Text(NasBoot.compose(port)));
        return BootTree.of(files);
    }

    private static String source(
            Session session, Fetched talos, @Nullable String assets, String name) {
        return assets == null
                ? session.world()
                        .sources()
                        .talos()
                        .file(talos.image(), talos.talos(), name.replaceFirst("^.*/", ""))
                : assets.replaceFirst("/+$", "") + "/" + name;
    }

    /// Groups and profiles of an earlier export go, for a machine may have left the plan.
    ///
    /// @param mark the file that tells an earlier export
    private static void clear(Path folder, String mark) throws IOException {
        Files.createDirectories(folder);
        if (Files.exists(folder.resolve(mark))) {
            for (String part : List.of("groups", "profiles")) {
                delete(folder.resolve(part));
            }
            return;
        }
        try (Stream<Path> inside = Files.list(folder)) {
            if (inside.findAny().isPresent()) {
                throw new ProblemException(
                        "There is something else in " + folder + ".",
                        "It is not empty and holds no " + mark + " of an earlier export.",
                        "Choose an empty or a new folder.");
            }
        }
    }

    private static void delete(Path folder) throws IOException {
        if (Files.isDirectory(folder)) {
            try (Stream<Path> files = Files.list(folder)) {
                for (Path file : files.filter(f -> f.toString().endsWith(".json")).toList()) {
                    Files.delete(file);
                }
            }
        }
    }

    private static ProblemException noAddress(String port) {
        return new ProblemException(
                "The servers' address is not known.",
                "The files tell the machines where to fetch their kernel.",
                "Give it with --base http://ADDRESS:" + port + ".");
    }
}
