package dev.ichor.nas;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.SealReport;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Set;
import java.util.concurrent.Callable;
import java.util.function.Consumer;
import java.util.function.Predicate;

/// A NAS, logged in. Not for several threads; after an interrupt it is closed.
public final class Nas implements AutoCloseable {
    private final NasTarget target;
    final Remote remote;
    private final @Nullable String hostKey;

    Nas(NasTarget target, Remote remote, @Nullable String hostKey) {
        this.target = target;
        this.remote = remote;
        this.hostKey = hostKey;
    }

    /// Logs in, with one try.
    ///
    /// @param acceptHostKey asked with the fingerprint `SHA256:…` when the target has none pinned
    /// @throws dev.ichor.cluster.ProblemException when the host key differs from the pinned one or
    ///   is not accepted, the log-in fails, or the NAS does not answer
    public static Nas connect(NasTarget target, Access access, Predicate<String> acceptHostKey)
            throws IOException, InterruptedException {
        Callable<Nas> open =
                switch (target.protocol()) {
                    case SFTP -> {
                        HostKeyCheck check = new HostKeyCheck(target.hostKey(), acceptHostKey);
                        yield new Login(target, access, check)::open;
                    }
                    case SMB -> () -> new Nas(target, SmbLogin.open(target, access), null);
                    case FTPS, FTP -> () -> FtpLogin.open(target, access, acceptHostKey);
                    case DSM -> () -> DsmFiles.open(target, access, acceptHostKey);
                    case FOLDER -> () -> new Nas(target, FolderRemote.open(target), null);
                };
        return Interruptible.open(open, Nas::close);
    }

    /// The NAS's fingerprint `SHA256:…`, to be pinned; null where the protocol has none.
    public @Nullable String hostKey() {
        return hostKey;
    }

    /// Compares the tree with what is there, by size and SHA-256; changes nothing. Interrupting
    /// stops it.
    ///
    /// @throws dev.ichor.cluster.ProblemException when the NAS refuses or goes away
    public DeployPlan plan(BootTree tree) throws IOException, InterruptedException {
        return Interruptible.call(
                () -> {
                    try (Crew crew = new Crew(remote)) {
                        return Comparison.of(tree, remote, crew).plan(target);
                    }
                },
                remote::close);
    }

    /// Copies what differs, each file to a temporary name, read back, then renamed; a file that is
    /// there stays whole until then. Interrupting stops it; doing it again goes on.
    ///
    /// Configs in `generic/` go only where nobody else can read them.
    ///
    /// @throws dev.ichor.cluster.ProblemException when the NAS refuses, is full or goes away,
    ///   somebody else is copying to it, or anybody could read the configs
    public DeployReport deploy(BootTree tree, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        return Interruptible.call(
                () -> {
                    if (!tree.list(Exposure.FOLDER).isEmpty()) {
                        Exposure.of(target).refuse(target, remote);
                    }
                    return new Deployment(tree, remote, Lock.thisPc(), progress).run();
                },
                remote::close);
    }

    /// Puts back what the last copying has replaced or taken away, and takes away what it has
    /// added.
    ///
    /// @return how many files
    /// @throws dev.ichor.cluster.ProblemException when nothing was kept, or the NAS refuses or goes
    ///   away
    public int undo() throws IOException, InterruptedException {
        return Interruptible.call(
                () -> Before.of(remote).orElseThrow(TransferWords::nothingKept).restore(),
                remote::close);
    }

    /// Takes the machines' configs off the NAS again.
    ///
    /// @param names of the configs, as `control-1.yaml`
    /// @throws dev.ichor.cluster.ProblemException when the NAS goes away
    public SealReport seal(Set<String> names) throws IOException, InterruptedException {
        return Interruptible.call(() -> new Seal(remote, names).run(), remote::close);
    }

    /// Logs out.
    @Override
    public void close() {
        remote.close();
    }
}
