package dev.ichor.nas;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.Session;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;

import java.io.IOException;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A NAS reached by SFTP, logged in. Not for several threads; after an interrupt it is closed.
public final class SftpNas implements AutoCloseable {
    private final NasTarget target;
    private final Session session;
    final Remote remote;
    private final String hostKey;

    SftpNas(NasTarget target, Session session, ChannelSftp sftp, String hostKey) {
        this.target = target;
        this.session = session;
        this.remote = new Remote(session, sftp, target.folder());
        this.hostKey = hostKey;
    }

    /// Logs in, with one try.
    ///
    /// @param acceptHostKey asked with the fingerprint `SHA256:…` when the target has none pinned
    /// @throws dev.ichor.cluster.ProblemException when the host key differs from the pinned one or
    ///   is not accepted, the log-in fails, or the NAS does not answer
    public static SftpNas connect(NasTarget target, Access access, Predicate<String> acceptHostKey)
            throws IOException, InterruptedException {
        Login login = new Login(target, access, new HostKeyCheck(target.hostKey(), acceptHostKey));
        return Interruptible.open(login::open, SftpNas::close);
    }

    /// The NAS's fingerprint `SHA256:…`, to be pinned.
    public String hostKey() {
        return hostKey;
    }

    /// Compares the tree with what is there, by size and SHA-256; changes nothing. Interrupting
    /// stops it.
    ///
    /// @throws dev.ichor.cluster.ProblemException when the NAS refuses or goes away
    public DeployPlan plan(BootTree tree) throws IOException, InterruptedException {
        return Interruptible.call(
                () -> Comparison.of(tree, remote).plan(target), session::disconnect);
    }

    /// Copies what differs, each file to a temporary name, read back, then renamed; a file that is
    /// there stays whole until then. Interrupting stops it; doing it again goes on.
    ///
    /// @throws dev.ichor.cluster.ProblemException when the NAS refuses, is full or goes away
    public DeployReport deploy(BootTree tree, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        return Interruptible.call(
                () -> new Deployment(tree, remote, progress).run(), session::disconnect);
    }

    /// Logs out.
    @Override
    public void close() {
        session.disconnect();
    }
}
