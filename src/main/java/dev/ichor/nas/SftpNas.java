package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A NAS reached by SFTP, logged in. Not for several threads.
public final class SftpNas implements AutoCloseable {
    private SftpNas() {}

    /// Logs in, with one try.
    ///
    /// @param acceptHostKey asked with the fingerprint `SHA256:…` when the target has none pinned
    /// @throws dev.ichor.cluster.ProblemException when the host key differs from the pinned one or
    ///   is not accepted, the log-in fails, or the NAS does not answer
    public static SftpNas connect(NasTarget target, Access access, Predicate<String> acceptHostKey)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("" + target + access + acceptHostKey);
    }

    /// The NAS's fingerprint `SHA256:…`, to be pinned.
    public String hostKey() {
        throw new UnsupportedOperationException();
    }

    /// Compares the tree with what is there, by size and SHA-256; changes nothing.
    public DeployPlan plan(BootTree tree) throws IOException {
        throw new UnsupportedOperationException("" + tree);
    }

    /// Copies what differs, each file to a temporary name, read back, then renamed; a file that is
    /// there stays whole until then. Interrupting stops it; calling it again goes on.
    ///
    /// @throws dev.ichor.cluster.ProblemException when the NAS refuses, is full or goes away
    public DeployReport deploy(BootTree tree, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("" + tree);
    }

    /// Logs out.
    @Override
    public void close() {}
}
