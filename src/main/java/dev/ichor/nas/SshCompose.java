package dev.ichor.nas;

import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.NasTarget.Protocol;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.util.function.Predicate;

/// Starts the copied containers by SSH, for a NAS whose Docker knows no projects: `docker compose`
/// in the folder.
public final class SshCompose {
    /// `docker` is not in the PATH of Synology's SSH, and only root may use it there.
    private static final String START =
            "PATH=$PATH:/usr/local/bin; docker compose up -d 2>&1"
                    + " || sudo -n \"$(command -v docker)\" compose up -d 2>&1";

    private static final int LONGEST = 300;

    private SshCompose() {}

    /// What is run. The folder's name by SSH is found there: SFTP of a Synology hides the volume.
    public static String command(NasTarget target) {
        String folder = target.folder().replaceAll("/+$", "");
        return "for d in /volume*"
                + SshCommand.quoted(folder)
                + " "
                + SshCommand.quoted(folder)
                + "; do [ -f \"$d\"/compose.yaml ] && cd \"$d\" && break; done;"
                + " [ -f compose.yaml ] || { echo no compose.yaml; exit 1; }; "
                + START;
    }

    /// @return what docker said
    /// @throws ProblemException when the NAS does not let us in, or docker fails
    public static String up(NasTarget target, Access access, Predicate<String> accept)
            throws IOException, InterruptedException {
        if (target.protocol() != Protocol.SFTP) {
            throw new ProblemException(
                    "The NAS is not reached by SSH.",
                    "Its containers are started by SSH only where the files go by SFTP.",
                    "Name the NAS without smb://, ftps:// or dsm://.");
        }
        HostKeyCheck check = new HostKeyCheck(target.hostKey(), accept);
        Login login = new Login(target, access, check);
        Session session = Interruptible.open(login::session, Session::disconnect);
        return Interruptible.call(() -> run(session, target), session::disconnect);
    }

    private static String run(Session session, NasTarget target) throws IOException {
        try {
            SshCommand.Said said = SshCommand.run(session, command(target));
            if (said.exit() != 0) {
                throw failed(target, said.out());
            }
            return said.out();
        } catch (JSchException e) {
            throw LoginWords.of(e, target, String.valueOf(target.hostKey()));
        } finally {
            session.disconnect();
        }
    }

    private static ProblemException failed(NasTarget target, String said) {
        return new ProblemException(
                "The containers on " + target.server() + " did not start.",
                "It said: " + said.substring(Math.max(0, said.length() - LONGEST)),
                "Copy the tree first (ichor deploy). Where only root may use docker, log in to the"
                        + " NAS by SSH and run there: sudo /usr/local/bin/docker compose up -d");
    }
}
