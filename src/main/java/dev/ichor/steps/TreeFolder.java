package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;

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
        URI by = base != null ? parse(base) : nas != null ? URI.create(nas.httpBase()) : here;
        Path folder = new ClusterFolder(session.folder()).boot();
        write(Assemble.tree(Needs.plan(session), Needs.talos(session), by, here), folder);
        return folder;
    }

    private static void write(BootTree tree, Path folder) throws IOException {
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

    private static URI parse(String base) throws ProblemException {
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
