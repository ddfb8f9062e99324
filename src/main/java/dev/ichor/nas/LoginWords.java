package dev.ichor.nas;

import com.jcraft.jsch.JSchAlgoNegoFailException;
import com.jcraft.jsch.JSchChangedHostKeyException;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.JSchUnknownHostKeyException;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.net.ConnectException;
import java.net.UnknownHostException;

/// What to tell the owner when logging in to the NAS does not work.
final class LoginWords {
    private LoginWords() {}

    static ProblemException of(JSchException e, NasTarget target, String shownKey) {
        Problem problem =
                switch (e) {
                    case JSchChangedHostKeyException _ -> changed(target, shownKey);
                    case JSchUnknownHostKeyException _ ->
                            new Problem(
                                    "The key of " + target.host() + " was not accepted.",
                                    "It shows " + shownKey + ".",
                                    "Compare it with the one the NAS shows, then connect again.");
                    case JSchAlgoNegoFailException _ ->
                            new Problem(
                                    target.host() + " and Ichor have no encryption in common.",
                                    "The SSH server there is too old.",
                                    "Update the NAS.");
                    default -> unanswered(e, target);
                };
        return new ProblemException(problem, e);
    }

    private static Problem changed(NasTarget target, String shownKey) {
        return new Problem(
                "The key of " + target.host() + " has changed.",
                "Known is " + target.hostKey() + ", it now shows " + shownKey + ".",
                "If you have set up the NAS anew, forget the old key and connect again; if not,"
                        + " another machine may be posing as it: do not go on.");
    }

    private static Problem unanswered(JSchException e, NasTarget target) {
        String host = target.host();
        Throwable root = root(e);
        if (root instanceof UnknownHostException) {
            return new Problem(
                    "There is no NAS called " + host + ".",
                    "The name is not known on this network.",
                    "Check the name, or use the NAS's address.");
        }
        if (root instanceof ConnectException) {
            return new Problem(
                    host + " does not accept SFTP on port " + target.port() + ".",
                    "The system says: " + root.getMessage() + ".",
                    "Switch on the NAS's SFTP service, and check the port.");
        }
        if (String.valueOf(e.getMessage()).startsWith("Auth ")
                || e.getClass().getSimpleName().contains("Auth")
                || String.valueOf(e.getMessage()).contains("Too many authentication")) {
            return new Problem(
                    host + " refuses to let " + target.user() + " in.",
                    "The user name or the password (or key) is wrong, or the user may not use"
                            + " SFTP.",
                    "Check both; Ichor tried once only, so that the NAS does not lock you out.");
        }
        return new Problem(
                host + " does not answer.",
                "The system says: " + root.getMessage() + ".",
                "Check that the NAS is on and on this network.");
    }

    static ProblemException noSftp(NasTarget target, JSchException e) {
        return new ProblemException(
                new Problem(
                        target.host() + " lets " + target.user() + " in, but gives no files.",
                        "The SFTP service is off, or the user has no right to it, no shared folder"
                                + " or no home folder.",
                        "On a Synology: Control Panel, File Services, FTP, switch on SFTP; then the"
                                + " user's application and folder rights."),
                e);
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
