package dev.ichor.steps;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.NasTarget.Protocol;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.ServiceChange;
import dev.ichor.nas.Services;
import dev.ichor.nas.Synology;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;

/// What a Synology runs for a cluster's machines to boot, and the way back. The old values are kept
/// in `nas.json`; the password is not kept.
public final class NasServices implements Device {
    private static final int DSM_PORT = 5001;

    private final Session session;
    private final NasTarget target;
    private final UndoFile<ServiceChange> file;
    private final Synology nas;
    private @Nullable List<ServiceChange> planned;

    private NasServices(
            Session session, NasTarget target, UndoFile<ServiceChange> file, Synology nas) {
        this.session = session;
        this.target = target;
        this.file = file;
        this.nas = nas;
    }

    /// The same on DSM's usual port, or the target's own where it is reached by File Station; the
    /// session's owner is asked.
    public static NasServices open(Session session) throws IOException {
        NasTarget target = Copy.target(session);
        int port = target.protocol() == Protocol.DSM ? target.serverPort() : DSM_PORT;
        return open(session, session.owner(), port);
    }

    /// Logs in to the cluster's NAS, and remembers its certificate once it was accepted.
    ///
    /// @param port of DSM by HTTPS, usually 5001
    /// @throws ProblemException when no NAS was named, or it is away, no Synology, another one than
    ///   before, or refuses
    public static NasServices open(Session session, Owner owner, int port) throws IOException {
        NasTarget target = Copy.target(session);
        if (target.protocol() == Protocol.FOLDER) {
            throw new ProblemException(
                    "The tree is copied to a folder, not to a NAS.",
                    "A folder has no services.",
                    "Name the NAS itself.");
        }
        UndoFile<ServiceChange> file = UndoFile.ofNas(session.folder().resolve("nas.json"));
        Synology nas =
                Synology.open(
                        new Synology.At(
                                target.server(),
                                port,
                                target.user(),
                                file.read().pin(target.server())),
                        new Synology.Asked(
                                () -> owner.password(target),
                                () -> owner.oneTimeCode(target),
                                print -> owner.accept(target, print)));
        try {
            file.pin(target.server(), nas.certificate());
            return new NasServices(session, target, file, nas);
        } catch (IOException e) {
            nas.close();
            throw e;
        }
    }

    /// What it has and runs, one thing a line.
    public List<String> state() throws IOException {
        Services now = nas.services();
        List<String> lines = new ArrayList<>();
        now.shares().forEach(s -> lines.add("shared folder " + s));
        lines.add("SFTP service " + (now.sftp() ? "on" : "off"));
        lines.add("TFTP service " + now.tftp());
        lines.add(
                "Container Manager project "
                        + now.project()
                        + (now.status().isEmpty() ? "" : ", " + now.status()));
        return lines;
    }

    /// The last lines of its containers, each with the container's name.
    public List<String> log() throws IOException {
        return nas.log();
    }

    /// What would change, one a line. What serves the copied files waits until they are there.
    ///
    /// @throws ProblemException when the plan has gaps, or a project of that name is another's
    @Override
    public List<String> differences() throws IOException, InterruptedException {
        planned = nas.services().changes(wish());
        return planned.stream().map(ServiceChange::difference).toList();
    }

    private Services.Wish wish() throws IOException, InterruptedException {
        boolean sftp = target.protocol() == Protocol.SFTP;
        String folder = target.folder().replaceAll("/+$", "");
        boolean configs = nas.hasFolder(folder + "/generic");
        String compose = NasTree.compose(session, TreeFolder.parse(target.httpBase()), configs);
        if (compose.isEmpty() || !nas.hasFolder(folder + "/tftp")) {
            return new Services.Wish(sftp, "", Services.Project.NONE);
        }
        boolean own = session.snapshot().draft().mode() == BootMode.ROUTER_TO_NAS;
        return new Services.Wish(
                sftp, own ? folder + "/tftp" : "", new Services.Project(folder, compose));
    }

    @Override
    public void set() throws IOException, InterruptedException {
        if (planned == null) {
            throw new IllegalStateException("the difference was not shown");
        }
        file.set(nas::write, planned);
    }

    @Override
    public List<String> undoable() throws IOException {
        return file.undoable();
    }

    @Override
    public void undo() throws IOException, InterruptedException {
        file.undo(nas::write);
    }

    @Override
    public void close() {
        nas.close();
    }
}
