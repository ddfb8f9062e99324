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
        String path = file.path();
        String hash = send(path, new Counting(open(file), path, comparison.bytes()));
        Stat now = remote.stat(path).orElseThrow(() -> TransferWords.damaged(path));
        comparison.manifest().put(path, now, hash);
    }

    private static InputStream open(File file) throws ProblemException {
        try {
            return file.content().open();
        } catch (IOException e) {
            throw TransferWords.unreadable(file.path(), e);
        }
    }

    /// Sends to a temporary name, reads it back, renames.
    private String send(String path, InputStream in) throws IOException {
        String part = path + PART;
        try {
            remote.makeParents(path);
            String sent = put(part, in);
            if (!remote.hash(part).equals(sent)) {
                throw TransferWords.damaged(path);
            }
            remote.rename(part, path);
            return sent;
        } catch (ProblemException e) {
            remote.discard(part);
            throw e;
        }
    }

    private String put(String part, InputStream in) throws ProblemException {
        MessageDigest digest = Hashes.sha256();
        remote.put(part, new DigestInputStream(in, digest));
        return Hashes.hex(digest);
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
            int n = readHere(buffer, offset, length);
            if (n > 0) {
                done += n;
                progress.accept(new Amount(path, done, all));
            }
            return n;
        }

        /// Told apart from a broken line, which looks the same to JSch.
        private int readHere(byte[] buffer, int offset, int length) throws ProblemException {
            try {
                return super.read(buffer, offset, length);
            } catch (IOException e) {
                throw TransferWords.unreadable(path, e);
            }
        }
    }
}
