package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.router.RouterText;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Collectors;

/// A tree as files: the cluster folder's `boot/`.
public final class TreeFolder {
    private TreeFolder() {}

    /// Assembles the cluster's tree into its folder. Large files are linked from the cache where
    /// the disk allows it.
    ///
    /// @param base who will serve it, or null for the NAS, else this PC
    /// @return the folder
    public static Path assemble(Session session, @Nullable String base)
            throws IOException, InterruptedException {
        URI here = Needs.gate(session);
        NasTarget nas = session.snapshot().draft().nas();
        URI by = base != null ? parse(base) : nas != null ? parse(nas.httpBase()) : here;
        Path folder = new ClusterFolder(session.folder()).boot();
        boolean another = !by.equals(here);
        if (!another && session.snapshot().draft().mode().onNas()) {
            throw new ProblemException(
                    "The NAS's address is not known.",
                    "In this boot mode the NAS boots the machines, and they have to be told where"
                            + " it is.",
                    "Fill in the NAS in step 6, or give its address with --base.");
        }
        write(another ? NasTree.of(session, by) : own(session, here), folder);
        return folder;
    }

    /// What to enter in the router for the cluster's boot mode.
    ///
    /// @param base as for [#assemble]
    public static List<String> router(Session session, @Nullable String base) throws IOException {
        Draft draft = session.snapshot().draft();
        NasTarget nas = draft.nas();
        URI by = base != null ? parse(base) : nas != null ? parse(nas.httpBase()) : null;
        return RouterText.of(
                draft.mode(),
                Needs.adapter(session).address(),
                by == null ? Ip4.NONE : Ip4.parse(by.getHost()).orElse(Ip4.NONE),
                draft.wishes().keySet().stream()
                        .map(mac -> draft.machine(mac).firmware())
                        .collect(Collectors.toSet()));
    }

    private static BootTree own(Session session, URI here)
            throws IOException, InterruptedException {
        return Assemble.tree(Needs.plan(session), Needs.talos(session), here, here);
    }

    /// Writes every file, and deletes none.
    static void write(BootTree tree, Path folder) throws IOException {
        for (String path : tree.list("")) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Content content = tree.get(path).orElseThrow();
            ClusterFolder.replace(file, part -> place(content, part));
        }
    }

    private static void place(Content content, Path to) throws IOException {
        if (content instanceof Content.File f && linked(f.path(), to)) {
            return;
        }
        try (InputStream in = content.open()) {
            Files.copy(in, to);
        }
    }

    private static boolean linked(Path from, Path to) {
        try {
            Files.createLink(to, from);
            return true;
        } catch (IOException | UnsupportedOperationException e) {
            return false;
        }
    }

    /// @throws ProblemException when machines could not boot from it
    static URI parse(String base) throws ProblemException {
        try {
            URI uri = URI.create(base);
            if ("http".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below, as for any other text that is no address
        }
        throw new ProblemException(
                "\"" + base + "\" is not an address that machines can boot from.",
                "iPXE needs a plain http:// URL.",
                "Write it as http://ADDRESS:8080.");
    }
}
