package dev.ichor.nas;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Remote.Readers;

/// Why no secret goes to a NAS.
final class ExposureWords {
    private static final String NOTHING = " Nothing secret was copied.";

    private ExposureWords() {}

    static ProblemException clear(NasTarget target) {
        return new ProblemException(
                "Configs do not go to " + target.server() + " by plain FTP.",
                "FTP without TLS sends them readable for everybody on the way.",
                "Use SFTP, SMB or FTPS." + NOTHING);
    }

    static ProblemException rights(NasTarget target, Readers readers) {
        return new ProblemException(
                "Others may read the configs in " + target.folder() + "/" + Exposure.FOLDER + ".",
                readers == Readers.OTHERS
                        ? "The NAS lets more users than yours read that folder, and would not"
                                + " change it."
                        : "The NAS does not tell who may read that folder.",
                "Give only your user rights on that folder on the NAS, or copy by SFTP." + NOTHING);
    }

    static ProblemException guest(NasTarget target, String path) {
        return new ProblemException(
                "Anybody can read the configs in " + target.folder() + " without a password.",
                "The NAS gave a harmless test file to a guest, as " + path + ".",
                "Switch guest access and anonymous FTP off on the NAS." + NOTHING);
    }

    static ProblemException web(NasTarget target, String path) {
        return new ProblemException(
                "Anybody can read the configs in " + target.folder() + " with a browser.",
                "The NAS's web server gave a harmless test file, as /" + path + ".",
                "Take that folder out of the web server's, or copy to another one." + NOTHING);
    }
}
