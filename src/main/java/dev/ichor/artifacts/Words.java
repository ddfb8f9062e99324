package dev.ichor.artifacts;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import okhttp3.HttpUrl;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;

/// What to tell the owner when a download does not work.
final class Words {
    private static final int NOT_FOUND = 404;

    private Words() {}

    static ProblemException cannotWrite(Path file, IOException cause) {
        String message = String.valueOf(cause.getMessage());
        boolean full = message.contains("space") || message.contains("quota");
        return new ProblemException(
                new Problem(
                        file.getFileName() + " could not be saved in " + file.getParent() + ".",
                        full ? "The disk is full." : "The system says: " + message + ".",
                        full
                                ? "Make room (a Talos release needs about 150 MB) and try again;"
                                        + " the download goes on where it stopped."
                                : "Check that the folder can be written to."),
                cause);
    }

    static ProblemException refused(HttpUrl url, int status) {
        return status == NOT_FOUND
                ? new ProblemException(
                        url.host() + " does not have " + name(url) + ".",
                        "There is no " + url + ".",
                        "Check the Talos version, or the address of the download server.")
                : new ProblemException(
                        url.host() + " refuses " + name(url) + ".",
                        "It answers with status " + status + ".",
                        "Try again in a few minutes.");
    }

    static ProblemException webPage(HttpUrl url) {
        return new ProblemException(
                url.host() + " sent a web page instead of " + name(url) + ".",
                "Often that is the log-in page of a guest network or a proxy.",
                "Open any page in your browser, log in there, and try again.");
    }

    static ProblemException unreachable(HttpUrl url, IOException cause) {
        boolean noName = cause instanceof UnknownHostException;
        return new ProblemException(
                new Problem(
                        url.host() + " cannot be reached.",
                        noName
                                ? "Its name is not known here: probably there is no internet."
                                : "The system says: " + cause.getMessage() + ".",
                        "Check this PC's internet connection and try again."),
                cause);
    }

    static ProblemException cut(HttpUrl url, long bytes, IOException cause) {
        return new ProblemException(
                new Problem(
                        "The download of " + name(url) + " broke off.",
                        url.host() + " stopped sending after " + bytes + " bytes.",
                        "Try again; it goes on where it stopped."),
                cause);
    }

    static ProblemException wrongSum(HttpUrl url, String wanted, String got) {
        return new ProblemException(
                name(url) + " from " + url.host() + " is not what Talos published.",
                "Its SHA-256 is " + got + ", the list says " + wanted + ".",
                "It was thrown away. Try again; if it happens again, do not use this server.");
    }

    private static String name(HttpUrl url) {
        return url.pathSegments().getLast();
    }
}
