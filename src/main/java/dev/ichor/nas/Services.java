package dev.ichor.nas;

import dev.ichor.cluster.ProblemException;

import java.util.ArrayList;
import java.util.List;

/// What a Synology runs of what booting machines need.
///
/// @param shares its shared folders
/// @param project of Container Manager, ours by its name
/// @param status how Container Manager calls the project's state, for instance `RUNNING`; empty
///   without a project
public record Services(
        List<Share> shares, Tftp tftp, boolean sftp, Project project, String status) {
    private static final String RUNNING = "RUNNING";

    /// A shared folder.
    ///
    /// @param path as DSM, SFTP and SMB show it: `/docker`
    /// @param volume as containers and SSH see it: `/volume1/docker`, or empty when not told
    public record Share(String path, String volume) {
        @Override
        public String toString() {
            return volume.isEmpty() ? path : path + " (" + volume + ")";
        }
    }

    /// The TFTP service.
    ///
    /// @param folder shared folder and folder below it, or empty
    /// @param writable whether machines may write
    public record Tftp(boolean on, String folder, boolean writable, boolean logged) {
        /// Whether it is as wished. DSM cannot be told to have no folder again; off without one is
        /// off.
        boolean is(Tftp wished) {
            boolean forgets = !on && wished.folder.isEmpty();
            return equals(
                    forgets ? new Tftp(wished.on, folder, wished.writable, wished.logged) : wished);
        }

        @Override
        public String toString() {
            return on ? "on, folder " + folder + (writable ? ", writable" : "") : "off";
        }
    }

    /// A project of Container Manager.
    ///
    /// @param folder where its files are, or empty when there is no project
    /// @param compose its compose file
    public record Project(String folder, String compose) {
        /// No project.
        public static final Project NONE = new Project("", "");

        @Override
        public String toString() {
            return folder.isEmpty() ? "none" : "in " + folder;
        }
    }

    /// How it shall be.
    ///
    /// @param sftp whether files come by SFTP
    /// @param tftpFolder what TFTP shall serve, or empty to leave it alone
    /// @param project what shall run, or none to leave it alone
    public record Wish(boolean sftp, String tftpFolder, Project project) {}

    /// Copies the list.
    public Services {
        shares = List.copyOf(shares);
    }

    boolean runs() {
        return status.equals(RUNNING);
    }

    /// What has to change, in the order of doing; empty when all is as wished.
    ///
    /// @throws ProblemException when a project of that name is somebody else's
    public List<ServiceChange> changes(Wish wish) throws ProblemException {
        List<ServiceChange> all = new ArrayList<>();
        if (wish.sftp() && !sftp) {
            all.add(new ServiceChange.Sftp(false, true));
        }
        Tftp wished = new Tftp(true, wish.tftpFolder(), false, true);
        if (!wish.tftpFolder().isEmpty() && !wished.equals(tftp)) {
            all.add(new ServiceChange.TftpService(tftp, wished));
        }
        if (!wish.project().equals(Project.NONE)) {
            addProject(wish.project(), all);
        }
        return all;
    }

    private void addProject(Project wished, List<ServiceChange> all) throws ProblemException {
        boolean there = !project.equals(Project.NONE);
        if (there && !project.folder().equals(wished.folder())) {
            throw DsmWords.otherProject(project.folder());
        }
        if (!project.equals(wished)) {
            all.add(new ServiceChange.Compose(project, wished));
        }
        if (!runs()) {
            all.add(new ServiceChange.Running(false, true));
        }
    }

    /// Whether the NAS stands where the change begins.
    boolean isBefore(ServiceChange change) {
        return isAfter(change.undo());
    }

    /// Whether the NAS stands where the change ends.
    boolean isAfter(ServiceChange change) {
        return switch (change) {
            case ServiceChange.Sftp c -> c.after() == sftp;
            case ServiceChange.TftpService c -> tftp.is(c.after());
            case ServiceChange.Compose c -> c.after().equals(project);
            case ServiceChange.Running c -> c.after() == runs();
        };
    }
}
