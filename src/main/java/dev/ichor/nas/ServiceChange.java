package dev.ichor.nas;

import dev.ichor.cluster.Reversible;

/// One thing that is changed on a Synology, with the value before it, so that it can be shown first
/// and undone later.
public sealed interface ServiceChange extends Reversible<ServiceChange> {
    /// SFTP, by which files are copied.
    record Sftp(boolean before, boolean after) implements ServiceChange {}

    /// TFTP, by which machines get their loader.
    record TftpService(Services.Tftp before, Services.Tftp after) implements ServiceChange {}

    /// The containers' file; nothing is started.
    record Compose(Services.Project before, Services.Project after) implements ServiceChange {}

    /// Whether the containers run.
    record Running(boolean before, boolean after) implements ServiceChange {}

    @Override
    default ServiceChange undo() {
        return switch (this) {
            case Sftp c -> new Sftp(c.after, c.before);
            case TftpService c -> new TftpService(c.after, c.before);
            case Compose c -> new Compose(c.after, c.before);
            case Running c -> new Running(c.after, c.before);
        };
    }

    @Override
    default String difference() {
        return switch (this) {
            case Sftp c -> "SFTP service: " + onOff(c.before) + " → " + onOff(c.after);
            case TftpService c -> "TFTP service: " + c.before + " → " + c.after;
            case Compose c ->
                    "Container Manager project "
                            + Synology.PROJECT
                            + ": "
                            + c.before
                            + " → "
                            + c.after
                            + (c.before.folder().equals(c.after.folder()) ? ", other content" : "");
            case Running c ->
                    "Project "
                            + Synology.PROJECT
                            + ": "
                            + (c.before ? "started" : "stopped")
                            + " → "
                            + (c.after ? "started" : "stopped");
        };
    }

    private static String onOff(boolean on) {
        return on ? "on" : "off";
    }
}
