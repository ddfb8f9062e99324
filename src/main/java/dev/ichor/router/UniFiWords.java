package dev.ichor.router;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;

/// What a console refuses, in the owner's words.
final class UniFiWords {
    private static final String BY_HAND = "Set it by hand in the router; ichor router shows where.";

    private UniFiWords() {}

    static ProblemException login(String host, int code) {
        return code == 429
                ? new ProblemException(
                        "The router at " + host + " takes no more log-ins for now.",
                        "There were too many in a short time.",
                        "Wait some minutes, then try again.")
                : new ProblemException(
                        "The router at " + host + " did not accept the name and password.",
                        "It answers " + code + ".",
                        "Use a local administrator of the console, not a cloud account, or an API"
                                + " key.");
    }

    static ProblemException noConsole(String host) {
        return new ProblemException(
                "What answers at " + host + " is no UniFi console.",
                "",
                "Check address and port: 443, or 8443 for an old controller, 11443 for UniFi OS"
                        + " Server.");
    }

    static ProblemException away(String host, boolean before, IOException e) {
        return new ProblemException(
                new Problem(
                        before
                                ? "The router at " + host + " went away in the middle."
                                : "The router at " + host + " does not answer.",
                        before
                                ? "It may be restarting; what it has taken is not known."
                                : "Nothing listens there, or a firewall is between.",
                        before
                                ? "Wait until it is back, then look with: ichor router show. The"
                                        + " old values are kept."
                                : "Check its address and port, then try again."),
                e);
    }

    static ProblemException rejected(String host, int code, String error) {
        if (error.isEmpty() && (code == 401 || code == 403)) {
            return new ProblemException(
                    "The router at " + host + " does not let this log-in do that.",
                    "It answers " + code + ".",
                    "Use a key or an administrator with the right to change networks.");
        }
        String why = why(error.substring(error.lastIndexOf('.') + 1));
        return new ProblemException(
                "The router at " + host + " rejected the change.",
                why.isEmpty() ? "It answers " + code + " " + error + "." : why,
                BY_HAND);
    }

    private static String why(String error) {
        return switch (error) {
            case "InvalidPayload", "InvalidValue" ->
                    "It does not take the boot server or the file name.";
            case "DuplicateFixedIP" -> "Another machine has that fixed address already.";
            case "InvalidFixedIP" -> "The fixed address is not in that network.";
            case "MacUsed" -> "It knows that machine under another entry already.";
            case "MissingIPAddress" -> "DHCP guarding is on, but no trusted server is named.";
            case "NoPermission", "LoginRequired" -> "This log-in has not the right to.";
            default -> "";
        };
    }

    static ProblemException changedMeanwhile(Change change) {
        return new ProblemException(
                "The router was changed by somebody else.",
                "It no longer stands at the first value of: " + change.difference() + ".",
                "Nothing was written. Look again, then decide.");
    }

    static ProblemException notKept(Change change) {
        return new ProblemException(
                "The router took the change, but does not show it.",
                "Wanted: " + change.difference() + ".",
                BY_HAND);
    }
}
