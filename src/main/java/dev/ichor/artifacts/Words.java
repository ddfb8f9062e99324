package dev.ichor.artifacts;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import okhttp3.HttpUrl;

import java.io.IOException;
import java.net.UnknownHostException;
import java.nio.file.Path;
import java.util.Locale;

/// What to tell the owner when a download does not work.
final class Words {
    private static final int NOT_FOUND = 404;
    private static final String FIRST_SIGNED = "v1.13";

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

    static ProblemException noRoom(Path folder, long bytes, long free) {
        return new ProblemException(
                "There is not enough room in " + folder + ".",
                "The file needs " + mega(bytes) + ", " + mega(free) + " are free.",
                "Make room, for instance with \"ichor cache prune\", and try again.");
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
                        "Check the address, or whether a proxy needs you to log in.");
    }

    static ProblemException busy(HttpUrl url, Busy e) {
        String when =
                e.after().toSeconds() > 60
                        ? "Try again in " + (e.after().toMinutes() + 1) + " minutes;"
                        : "Try again in a few minutes;";
        return new ProblemException(
                new Problem(
                        url.host() + " does not give " + name(url) + " now.",
                        e.tooMany()
                                ? "It has had too many requests from this network (status 429)."
                                : "It is in trouble itself (status " + e.status() + ").",
                        when + " what has come is kept."),
                e);
    }

    static ProblemException noList(HttpUrl url) {
        return new ProblemException(
                url.host() + " sent no list of what it has.",
                "What it sent cannot be read.",
                "Check the address of the download server.");
    }

    static ProblemException tooLong(HttpUrl url) {
        return new ProblemException(
                name(url) + " from " + url.host() + " is far too long.",
                "Such a list has a few thousand lines at most.",
                "Check the address of the download server.");
    }

    static ProblemException certificate(HttpUrl url, String why, String remedy, IOException cause) {
        return new ProblemException(
                new Problem(url.host() + " cannot prove who it is.", why, remedy), cause);
    }

    static ProblemException notWhatItSays(String name, String where) {
        return new ProblemException(
                name + " from " + where + " is not what its name says.",
                "It does not begin as a Linux kernel or initramfs does.",
                "It was thrown away. Try again; if it happens again, do not use this source.");
    }

    static ProblemException notTheShipped(String name, String where) {
        return new ProblemException(
                where + " offers another " + name + " than Talos published.",
                "Its checksum differs from the one that came with Ichor.",
                "Do not use this source.");
    }

    static ProblemException changed(String name, String where) {
        return new ProblemException(
                name + " from " + where + " is not the file it was at the first download.",
                "The Image Factory gives no checksum, so Ichor remembers the first one.",
                "If you trust the new one, say that you accept an origin that is not verified.");
    }

    static ProblemException notVerified(String what, String where, String why) {
        return new ProblemException(
                "The origin of " + what + " from " + where + " is not verified.",
                why,
                "If you trust the source, say so when asked, or with --accept-unverified;"
                        + " otherwise choose a release that is signed, "
                        + FIRST_SIGNED
                        + " or later.");
    }

    static ProblemException badSignature(String name, String why) {
        return new ProblemException(
                "The signature of " + name + " is wrong.", why, "Do not use this source.");
    }

    /// `112 MB`.
    static String mega(long bytes) {
        return bytes < 10_000_000
                ? String.format(Locale.ROOT, "%.1f MB", bytes / 1e6)
                : Math.round(bytes / 1e6) + " MB";
    }

    static ProblemException incomplete(TalosVersion version) {
        return new ProblemException(
                version + " is not a complete version.",
                "Talos is downloaded by its full number.",
                "Choose one, for instance " + version + ".0.");
    }

    static ProblemException noSuchRelease(TalosVersion version, String where) {
        return new ProblemException(
                where + " does not have Talos " + version + ".",
                "It has no sha256sum.txt for it.",
                "Check the Talos version, or the address of the download server.");
    }

    static ProblemException webPage(HttpUrl url) {
        return webPage(name(url), url.host());
    }

    static ProblemException webPage(String name, String host) {
        return new ProblemException(
                host + " sent a web page instead of " + name + ".",
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
        return wrongSum(name(url), url.host(), wanted, got);
    }

    static ProblemException wrongSum(String name, String where, String wanted, String got) {
        return new ProblemException(
                name + " from " + where + " is not what Talos published.",
                "Its SHA-256 is " + got + ", the list says " + wanted + ".",
                "It was thrown away. Try again; if it happens again, do not use this source.");
    }

    private static String name(HttpUrl url) {
        return url.pathSegments().getLast();
    }
}
