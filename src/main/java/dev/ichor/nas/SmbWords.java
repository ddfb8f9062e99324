package dev.ichor.nas;

import com.hierynomus.mssmb2.SMBApiException;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.TransferWords.Reason;

import org.jspecify.annotations.Nullable;

import java.net.ConnectException;
import java.net.UnknownHostException;

/// What to tell the owner when SMB does not work.
final class SmbWords {
    private SmbWords() {}

    static ProblemException noShareNamed() {
        return new ProblemException(
                "No shared folder was named.", "", "Name share and folder, as /docker/matchbox.");
    }

    static ProblemException passwordNeeded(NasTarget target) {
        return new ProblemException(
                target.server() + " asks for a password.",
                "SMB knows no key files.",
                "Log in with a password, or use SFTP.");
    }

    static ProblemException unanswered(NasTarget target, Exception e) {
        Throwable root = root(e);
        Problem problem =
                switch (root) {
                    case UnknownHostException _ ->
                            new Problem(
                                    "There is no NAS called " + target.server() + ".",
                                    "The name is not known on this network.",
                                    "Check the name, or use the NAS's address.");
                    case ConnectException _ ->
                            new Problem(
                                    target.server()
                                            + " does not accept SMB on port "
                                            + target.serverPort()
                                            + ".",
                                    "The system says: " + root.getMessage() + ".",
                                    "Switch on the NAS's SMB service, and check the port.");
                    default ->
                            new Problem(
                                    target.server() + " does not speak SMB 2 or 3.",
                                    "It broke off when asked for them; SMB 1 is unsafe and not used"
                                            + " ("
                                            + root.getMessage()
                                            + ").",
                                    "Switch on SMB 2 and SMB 3 on the NAS, or use SFTP.");
                };
        return new ProblemException(problem, e);
    }

    static ProblemException guest(NasTarget target) {
        return new ProblemException(
                target.server() + " lets " + target.user() + " in as a guest only.",
                "It does not know the user and lets anybody in; nothing is signed then.",
                "Use a user of the NAS, and switch guest access off there.");
    }

    static ProblemException refused(NasTarget target, SMBApiException e) {
        return new ProblemException(
                new Problem(
                        target.server() + " refuses to let " + target.user() + " in.",
                        "The user name or the password is wrong, or the user may not use SMB ("
                                + e.getStatus()
                                + ").",
                        "Check both; Ichor tried once only, so that the NAS does not lock you"
                                + " out."),
                e);
    }

    static ProblemException unsigned(NasTarget target, Exception e) {
        return new ProblemException(
                new Problem(
                        target.server() + " and Ichor do not agree on a safe log-in.",
                        "SMB is used signed and with NTLMv2 only: " + root(e).getMessage() + ".",
                        "Switch guest access off and signing on at the NAS, or use SFTP."),
                e);
    }

    static ProblemException noShare(NasTarget target, String share, @Nullable Exception e) {
        Problem problem =
                new Problem(
                        target.server()
                                + " does not give "
                                + target.user()
                                + " the share "
                                + share
                                + ".",
                        "There is no shared folder of that name, or the user has no right to it.",
                        "Check the name, and the user's rights on that shared folder.");
        return e == null ? new ProblemException(problem) : new ProblemException(problem, e);
    }

    static ProblemException transfer(String done, String path, Exception e) {
        return TransferWords.of(done, path, reason(e), e);
    }

    private static Reason reason(Exception e) {
        for (Throwable t = e; t != null; t = t.getCause()) {
            if (t instanceof SMBApiException api) {
                return switch (api.getStatus()) {
                    case STATUS_ACCESS_DENIED -> Reason.DENIED;
                    case STATUS_OBJECT_NAME_NOT_FOUND, STATUS_OBJECT_PATH_NOT_FOUND ->
                            Reason.MISSING;
                    case STATUS_DISK_FULL -> Reason.FULL;
                    default -> Reason.UNTOLD;
                };
            }
        }
        return Reason.BROKEN_OFF;
    }

    private static Throwable root(Throwable e) {
        Throwable root = e;
        while (root.getCause() != null) {
            root = root.getCause();
        }
        return root;
    }
}
