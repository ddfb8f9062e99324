package dev.ichor.nas;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;

import javax.net.ssl.SSLException;

/// What DSM refuses, in the owner's words.
final class DsmWords {
    private static final String BY_HAND =
            "Set it in DSM: Control Panel, File Services for SFTP (tab FTP) and TFTP (tab"
                    + " Advanced); Container Manager, Project.";
    private static final int LONGEST = 300;

    private DsmWords() {}

    static ProblemException noDsm(String host) {
        return new ProblemException(
                "What answers at " + host + " is no Synology.",
                "",
                "Check address and port: DSM's HTTPS port is usually 5001.");
    }

    static ProblemException passwordNeeded(String host) {
        return new ProblemException(
                "File Station at " + host + " wants a password.",
                "DSM's web page takes no SSH key.",
                "Leave the key out, or copy by SFTP.");
    }

    static ProblemException login(Synology.At at, int code) {
        String what = "The NAS at " + at.host() + " did not let " + at.user() + " in.";
        return switch (code) {
            case 400 ->
                    new ProblemException(
                            what,
                            "User or password is wrong.",
                            "Ichor tried once only, so that the NAS does not lock you out. Check"
                                    + " both, then try again.");
            case 401 -> new ProblemException(what, "The account is switched off.", "Use another.");
            case 402 ->
                    new ProblemException(
                            what, "The account may not use DSM.", "Use an administrator.");
            case 403 ->
                    new ProblemException(
                            what,
                            "It wants the one-time code of the second factor.",
                            "Look it up in the authenticator app, and try again.");
            case 404 ->
                    new ProblemException(
                            what,
                            "The one-time code is wrong, or was used already.",
                            "Wait for the next one. If it is never right, the clock of the NAS or"
                                    + " of the phone is off.");
            case 406 ->
                    new ProblemException(
                            what,
                            "DSM wants this account to set up a second factor first.",
                            "Log in with a browser once and set it up.");
            case 407 ->
                    new ProblemException(
                            what,
                            "DSM has blocked this PC's address after wrong passwords.",
                            "Unblock it in DSM: Control Panel, Security, Protection.");
            case 408, 409, 410 ->
                    new ProblemException(
                            what,
                            "The password has expired.",
                            "Log in with a browser once and change it.");
            default -> new ProblemException(what, "It answers error " + code + ".", "Try again.");
        };
    }

    static ProblemException refused(Synology.At at, String api, int code) {
        String what = "The NAS at " + at.host() + " refused.";
        return switch (code) {
            case 105 ->
                    new ProblemException(
                            what,
                            at.user() + " has not the right to; DSM wants an administrator.",
                            "Use an administrator, or set it by hand.");
            case 106, 107, 119 ->
                    new ProblemException(
                            what,
                            "The log-in has run out, or was ended by another one.",
                            "Do it again; what was written already is not written twice.");
            case 102, 103, 104 -> missing(at.host(), api);
            default ->
                    new ProblemException(
                            what,
                            api.equals("SYNO.Core.TFTP")
                                    ? "It does not take the folder (error " + code + ")."
                                    : "It answers error " + code + " to " + api + ".",
                            BY_HAND);
        };
    }

    static ProblemException missing(String host, String api) {
        return api.startsWith("SYNO.Docker")
                ? new ProblemException(
                        "The NAS at " + host + " has no Container Manager with projects.",
                        "The package is not installed, or is the older Docker.",
                        "Install Container Manager from Package Center; with the older Docker,"
                                + " start it by SSH: cd to the folder, sudo /usr/local/bin/docker"
                                + " compose up -d.")
                : new ProblemException(
                        "The NAS at " + host + " cannot be set from here.",
                        "This DSM does not offer " + api + ".",
                        BY_HAND);
    }

    static ProblemException tls(Synology.At at, String shown, SSLException e) {
        if (shown.isEmpty()) {
            return new ProblemException(new Problem(noDsm(at.host()).problem().what(), "", ""), e);
        }
        return new ProblemException(
                at.pin() == null
                        ? new Problem(
                                "The certificate of " + at.host() + " was not accepted.",
                                "It shows " + shown + ".",
                                "Compare it with what a browser shows for DSM, then accept it.")
                        : new Problem(
                                "The NAS at " + at.host() + " shows another certificate.",
                                "It shows " + shown + "; before it was " + at.pin() + ".",
                                "If DSM renewed it, forget the old one; else something answers in"
                                        + " its place."),
                e);
    }

    static ProblemException away(Synology.At at, boolean before, IOException e) {
        return new ProblemException(
                before
                        ? new Problem(
                                "The NAS at " + at.host() + " went away in the middle.",
                                "What it has taken is not known.",
                                "Wait until it is back, then look with: ichor nas show. The old"
                                        + " values are kept.")
                        : new Problem(
                                "The NAS at " + at.host() + " does not answer.",
                                "Nothing listens on port "
                                        + at.port()
                                        + ", or a firewall is"
                                        + " between.",
                                "Check its address and port, then try again."),
                e);
    }

    static ProblemException otherProject(String folder) {
        return new ProblemException(
                "Container Manager has another project called " + Synology.PROJECT + ".",
                "It lies in " + folder + ".",
                "Rename or delete it, or copy to that folder.");
    }

    static ProblemException noProject() {
        return new ProblemException(
                "Container Manager has no project called " + Synology.PROJECT + ".",
                "It was deleted meanwhile.",
                "Look again, then decide.");
    }

    static ProblemException changedMeanwhile(ServiceChange change) {
        return new ProblemException(
                "The NAS was changed by somebody else.",
                "It no longer stands at the first value of: " + change.difference() + ".",
                "Nothing was written. Look again, then decide.");
    }

    static ProblemException notKept(ServiceChange change, String said) {
        String last = said.strip();
        last = last.substring(Math.max(0, last.length() - LONGEST)).strip();
        return new ProblemException(
                "The NAS took the change, but does not show it.",
                "Wanted: "
                        + change.difference()
                        + "."
                        + (last.isEmpty() ? "" : " It said: " + last),
                BY_HAND);
    }
}
