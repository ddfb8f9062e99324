package dev.ichor.nas;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.SftpException;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.List;
import java.util.OptionalLong;

/// What to tell the owner when copying to the NAS does not work.
final class TransferWords {
    private static final String WHOLE = "The files that were there are whole.";

    /// Less than this left after a failure means that the disk is full.
    private static final long NEARLY_NOTHING = 1 << 20;

    private TransferWords() {}

    static ProblemException nothingKept() {
        return new ProblemException(
                "There is nothing to put back on the NAS.",
                "No earlier state is kept there: nothing was copied yet, or it was put back"
                        + " already.",
                "Copy the tree again with ichor deploy.");
    }

    /// Why a NAS did not do something.
    enum Reason {
        DENIED,
        MISSING,
        FULL,
        BROKEN_OFF,
        UNTOLD
    }

    static ProblemException of(String done, String path, SftpException e, OptionalLong free) {
        Reason reason =
                switch (e.id) {
                    case ChannelSftp.SSH_FX_PERMISSION_DENIED -> Reason.DENIED;
                    case ChannelSftp.SSH_FX_NO_SUCH_FILE -> Reason.MISSING;
                    default -> unclear(e, free);
                };
        return of(done, path, reason, e);
    }

    private static Reason unclear(SftpException e, OptionalLong free) {
        if (free.orElse(Long.MAX_VALUE) < NEARLY_NOTHING) {
            return Reason.FULL;
        }
        return e.getCause() != null || e.id != ChannelSftp.SSH_FX_FAILURE
                ? Reason.BROKEN_OFF
                : Reason.UNTOLD;
    }

    static ProblemException of(String done, String path, Reason reason, @Nullable Exception cause) {
        String what = path + " could not be " + done + " on the NAS.";
        Problem problem =
                switch (reason) {
                    case DENIED ->
                            new Problem(
                                    what,
                                    "The user has no right to do so, or the folder is read-only.",
                                    "Give the user read and write rights on that shared folder.");
                    case MISSING ->
                            new Problem(
                                    what,
                                    "It is not there (any more).",
                                    "Try again; if it happens again, check the folder's name.");
                    case FULL ->
                            new Problem(
                                    what,
                                    "The NAS's disk is full.",
                                    "Make room there and copy again. " + WHOLE);
                    case BROKEN_OFF ->
                            new Problem(
                                    what,
                                    "The connection to the NAS broke off.",
                                    "Check that the NAS is on, then copy again. " + WHOLE);
                    case UNTOLD ->
                            new Problem(
                                    what,
                                    "The NAS gives no reason; often the disk or the user's quota is"
                                            + " full, or the folder is read-only.",
                                    "Look there, then copy again. " + WHOLE);
                };
        return cause == null ? new ProblemException(problem) : new ProblemException(problem, cause);
    }

    static ProblemException setAside(String path, String old, SftpException e) {
        return new ProblemException(
                new Problem(
                        path + " could not be renamed on the NAS.",
                        "The connection to the NAS broke off in the middle of it.",
                        "Check that the NAS is on, then copy again. Until then the old file is"
                                + " whole, but called "
                                + old
                                + "."),
                e);
    }

    static ProblemException unreadable(String path, IOException e) {
        return new ProblemException(
                new Problem(
                        path + " could not be read on this PC.",
                        "The system says: " + e.getMessage() + ".",
                        "Do the step Download again."),
                e);
    }

    static ProblemException noSuchShare(String dir, List<String> shares) {
        return new ProblemException(
                "The NAS shows no folder " + dir + ".",
                shares.isEmpty()
                        ? "It shows no folder at all to this user."
                        : "It shows: " + String.join(", ", shares) + ".",
                "Name one of them, as SFTP shows it (without /volume1), or make the shared folder"
                        + " on the NAS first.");
    }

    static ProblemException noRoom(long needed, long free) {
        return new ProblemException(
                "The NAS's disk is too full.",
                "The files need " + megabytes(needed) + " MB, " + megabytes(free) + " MB are free.",
                "Make room there and copy again. Nothing was changed.");
    }

    static ProblemException damaged(String path) {
        return new ProblemException(
                path + " arrived damaged on the NAS.",
                "What was read back differs from what was sent.",
                "Copy again; if it happens again, check the NAS's disks and the network. " + WHOLE);
    }

    static ProblemException underWay(String who, int seconds) {
        return new ProblemException(
                "Another copying to this NAS is under way.",
                "It is " + who + "'s; it was at work " + seconds + " seconds ago.",
                "Wait until it has ended. If it broke off, it counts as ended after 15 minutes."
                        + " Nothing was changed.");
    }

    private static long megabytes(long bytes) {
        return (bytes + 999_999) / 1_000_000;
    }
}
