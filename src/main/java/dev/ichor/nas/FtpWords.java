package dev.ichor.nas;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.net.UnknownHostException;

/// What to tell the owner when FTP does not work.
final class FtpWords {
    private static final int NO_ROOM = 452;
    private static final int OVER_QUOTA = 552;
    private static final int NO_DATA_LINE = 425;

    private FtpWords() {}

    static ProblemException passwordNeeded(NasTarget target) {
        return new ProblemException(
                "FTP needs the password of " + target.user() + ".",
                "It knows no key files.",
                "Log in with the password, or choose SFTP.");
    }

    static ProblemException inTheClear(NasTarget target) {
        return new ProblemException(
                "Nothing was sent to " + target.server() + ".",
                "FTP without TLS sends the password so that everybody on the network can read it.",
                "Choose SFTP, SMB or ftps:// if the NAS can do one of them.");
    }

    static ProblemException refused(NasTarget target, String said) {
        return new ProblemException(
                target.server() + " refuses to let " + target.user() + " in.",
                "It says: " + said.strip() + ".",
                "Check user and password, and whether the user may use FTP; Ichor tried once only,"
                        + " so that the NAS does not lock you out.");
    }

    static ProblemException tls(NasTarget target, String shown, IOException e) {
        if (shown.isEmpty()) {
            return new ProblemException(
                    new Problem(
                            target.server() + " offers no FTP over TLS.",
                            "It says: " + e.getMessage() + ".",
                            "Switch on TLS in the NAS's FTP settings, or choose SFTP."),
                    e);
        }
        String known = target.hostKey();
        return known == null
                ? new ProblemException(
                        new Problem(
                                "The certificate of " + target.server() + " was not accepted.",
                                "It shows " + shown + ".",
                                "Compare it with the one the NAS shows, then connect again."),
                        e)
                : new ProblemException(
                        new Problem(
                                "The certificate of " + target.server() + " has changed.",
                                "Known is " + known + ", it now shows " + shown + ".",
                                "If the NAS has made a new one, forget the old one and connect"
                                        + " again; if not, another machine may be posing as it: do"
                                        + " not go on."),
                        e);
    }

    static ProblemException unanswered(NasTarget target, IOException e) {
        String host = target.server();
        return e instanceof UnknownHostException
                ? new ProblemException(
                        "There is no NAS called " + host + ".",
                        "The name is not known on this network.",
                        "Check the name, or use the NAS's address.")
                : new ProblemException(
                        new Problem(
                                host + " does not answer FTP on port " + target.serverPort() + ".",
                                "The system says: " + e.getMessage() + ".",
                                "Switch on the NAS's FTP service, and check the port."),
                        e);
    }

    /// @param reply the server's three digits
    static ProblemException transfer(String done, String path, int reply, String said) {
        TransferWords.Reason reason =
                switch (reply) {
                    case NO_ROOM, OVER_QUOTA -> TransferWords.Reason.FULL;
                    case 550, 553 -> TransferWords.Reason.DENIED;
                    case NO_DATA_LINE, 426, 421 -> TransferWords.Reason.BROKEN_OFF;
                    default -> TransferWords.Reason.UNTOLD;
                };
        return TransferWords.of(done, path, reason, new IOException(said.strip()));
    }
}
