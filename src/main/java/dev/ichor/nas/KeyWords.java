package dev.ichor.nas;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;

/// What to tell the owner when a key, its passphrase, the agent or a one-time code is missing.
final class KeyWords {
    private KeyWords() {}

    static ProblemException unreadable(String file) {
        return new ProblemException(
                "The key file " + file + " could not be read.",
                "It is not there, or may not be read, or is no private key.",
                "Name the private key itself, for instance ~/.ssh/id_ed25519, not the .pub file.");
    }

    static ProblemException passphrase(String file) {
        return new ProblemException(
                "The key file " + file + " stays locked.",
                "It has a passphrase, and the one given is not it.",
                "Try again, or let the SSH agent hold the key: ssh-add.");
    }

    static ProblemException noAgent(String at) {
        return new ProblemException(
                "There is no SSH agent on this PC that answers.",
                at.isEmpty() ? "SSH_AUTH_SOCK names none." : "Nobody answers at " + at + ".",
                "Start it and add the key (ssh-add), or name the key's file. On Windows it is the"
                        + " service OpenSSH Authentication Agent.");
    }

    static ProblemException emptyAgent() {
        return new ProblemException(
                "The SSH agent holds no key.",
                "ssh-add -l shows the same.",
                "Add the key with ssh-add, or name its file.");
    }

    static ProblemException codeWanted(NasTarget target) {
        return new ProblemException(
                target.host() + " lets " + target.user() + " in only with a code.",
                "It wants the one-time code of the second factor.",
                "Have the code ready and connect again; on a terminal without questions it comes"
                        + " from ICHOR_NAS_CODE.");
    }
}
