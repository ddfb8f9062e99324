package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Comparison.Change;
import dev.ichor.nas.Comparison.File;
import dev.ichor.nas.Remote.Stat;

import java.io.ByteArrayInputStream;
import java.io.FilterInputStream;
import java.io.IOException;
import java.io.InputStream;
import java.security.DigestInputStream;
import java.security.MessageDigest;
import java.util.OptionalLong;
import java.util.function.Consumer;

/// One copying of a tree.
final class Deployment {
    private static final String PART = ".part";

    private final BootTree tree;
    private final Remote remote;
    private final Consumer<Amount> progress;
    private long done;

    Deployment(BootTree tree, Remote remote, Consumer<Amount> progress) {
        this.tree = tree;
        this.remote = remote;
        this.progress = progress;
    }

    DeployReport run() throws IOException {
        Comparison comparison = Comparison.of(tree, remote);
        refuseWithoutRoom(comparison.bytes());
        int copied = 0;
        int kept = 0;
        for (File file : comparison.files()) {
            if (file.change() == Change.KEEP) {
                kept++;
            } else {
                copy(file, comparison);
                copied++;
            }
        }
        if (copied > 0) {
            send(Manifest.PATH, new ByteArrayInputStream(comparison.manifest().bytes()));
        }
        return new DeployReport(copied, kept, done);
    }

    private void refuseWithoutRoom(long needed) throws ProblemException {
        OptionalLong free = remote.free();
        if (free.isPresent() && free.getAsLong() < needed) {
            throw TransferWords.noRoom(needed, free.getAsLong());
        }
    }

    private void copy(File file, Comparison comparison) throws IOException {
        InputStream in = new Counting(file.content().open(), file.path(), comparison.bytes());
        String hash = send(file.path(), in);
        Stat now = remote.stat(file.path()).orElseThrow(() -> TransferWords.damaged(file.path()));
        comparison.manifest().put(file.path(), now, hash);
    }

    /// Sends to a temporary name, reads it back, renames.
    private String send(String path, InputStream in) throws IOException {
        MessageDigest digest = Hashes.sha256();
        String part = path + PART;
        remote.makeParents(path);
        remote.put(part, new DigestInputStream(in, digest));
        String sent = Hashes.hex(digest);
        if (!remote.hash(part).equals(sent)) {
            throw TransferWords.damaged(path);
        }
        remote.rename(part, path);
        return sent;
    }

    /// Tells how far it is while it is read.
    private final class Counting extends FilterInputStream {
        private final String path;
        private final long all;

        Counting(InputStream in, String path, long all) {
            super(in);
            this.path = path;
            this.all = all;
        }

        @Override
        public int read() throws IOException {
            byte[] one = new byte[1];
            return read(one, 0, 1) < 0 ? -1 : one[0] & 0xff;
        }

        @Override
        public int read(byte[] buffer, int offset, int length) throws IOException {
            int n = super.read(buffer, offset, length);
            if (n > 0) {
                done += n;
                progress.accept(new Amount(path, done, all));
            }
            return n;
        }
    }
}
