package dev.ichor.nas;

import dev.ichor.cluster.ProblemException;

import org.apache.commons.net.ftp.FTPClient;
import org.apache.commons.net.ftp.FTPFile;
import org.apache.commons.net.ftp.FTPReply;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.time.Instant;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.stream.IntStream;
import java.util.stream.Stream;

/// A folder reached by FTP, one command at a time.
final class FtpRemote implements Remote {
    private static final String OLD = ".old";

    private final FtpLogin login;
    private final FTPClient line;
    private final boolean first;
    private final Set<String> known = new HashSet<>();

    FtpRemote(FtpLogin login, FTPClient line) {
        this(login, line, true);
    }

    private FtpRemote(FtpLogin login, FTPClient line, boolean first) {
        this.login = login;
        this.line = line;
        this.first = first;
    }

    /// By SIZE and MDTM (RFC 3659): not every server knows MLST.
    @Override
    public Optional<Stat> stat(String path) throws ProblemException {
        return tried(
                "looked at",
                path,
                () -> {
                    String size = line.getSize(full(path));
                    if (size == null) {
                        if (line.getReplyCode() != FTPReply.FILE_UNAVAILABLE) {
                            throw refused("looked at", path);
                        }
                        return Optional.empty();
                    }
                    Instant modified = line.mdtmInstant(full(path));
                    int seconds = modified == null ? 0 : (int) modified.getEpochSecond();
                    return Optional.of(new Stat(Long.parseLong(size.strip()), seconds));
                });
    }

    @Override
    public void get(String path, OutputStream to) throws ProblemException {
        done("read", path, () -> line.retrieveFile(full(path), to));
    }

    /// Sent in one row.
    @Override
    public long whole(long size) {
        return size;
    }

    @Override
    public void put(String path, InputStream in, long from) throws ProblemException {
        try (in) {
            done(
                    "written",
                    path,
                    () ->
                            from > 0
                                    ? line.appendFile(full(path), in)
                                    : line.storeFile(full(path), in));
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            throw TransferWords.unreadable(path, e);
        }
    }

    @Override
    public void discard(String path) {
        try {
            line.deleteFile(full(path));
        } catch (IOException e) {
            System.getLogger(FtpRemote.class.getName())
                    .log(System.Logger.Level.DEBUG, "left on the NAS: {0}", path);
        }
    }

    /// Most servers replace the old file; one that refuses a name that is taken has it set aside
    /// first.
    @Override
    public void rename(String from, String to) throws ProblemException {
        tried(
                "renamed",
                to,
                () -> {
                    if (line.rename(full(from), full(to))) {
                        return true;
                    }
                    boolean aside = line.rename(full(to), full(to + OLD));
                    if (!aside || !line.rename(full(from), full(to))) {
                        ProblemException why = refused("renamed", to);
                        if (aside) {
                            line.rename(full(to + OLD), full(to));
                        }
                        throw why;
                    }
                    line.deleteFile(full(to + OLD));
                    return true;
                });
    }

    @Override
    public void makeParents(String path) throws ProblemException {
        String whole = full(path);
        for (int i = whole.indexOf('/', 1); i > 0; i = whole.indexOf('/', i + 1)) {
            String dir = whole.substring(0, i);
            if (known.add(dir)) {
                tried("made", dir, () -> line.changeWorkingDirectory(dir) || made(dir));
            }
        }
    }

    private boolean made(String dir) throws IOException {
        if (!line.makeDirectory(dir) && !line.changeWorkingDirectory(dir)) {
            throw refused("made", dir);
        }
        return true;
    }

    @Override
    public Optional<List<String>> names(String path) {
        try {
            return Optional.of(
                    Stream.of(line.listFiles(full(path)))
                            .filter(f ->
                                    f != null
                                            && !f.getName().equals(".")
                                            && !f.getName().equals(".."))
                            .map(f -> f.getName() + (f.isDirectory() ? "/" : ""))
                            .sorted()
                            .toList());
        } catch (IOException e) {
            System.getLogger(FtpRemote.class.getName())
                    .log(System.Logger.Level.DEBUG, "not shown: {0}", path);
            return Optional.empty();
        }
    }

    /// By `SITE CHMOD`, and as LIST tells it.
    @Override
    public Readers shut(String path) throws ProblemException {
        return tried(
                "shut",
                path,
                () -> {
                    line.sendSiteCommand("CHMOD 700 " + full(path));
                    for (FTPFile f : line.listFiles(full(""))) {
                        if (f.isDirectory() && f.getName().equals(path)) {
                            return mayRead(f) ? Readers.OTHERS : Readers.OWNER;
                        }
                    }
                    return Readers.UNTOLD;
                });
    }

    private static boolean mayRead(FTPFile f) {
        return IntStream.of(FTPFile.GROUP_ACCESS, FTPFile.WORLD_ACCESS)
                .anyMatch(who ->
                        f.hasPermission(who, FTPFile.READ_PERMISSION)
                                || f.hasPermission(who, FTPFile.EXECUTE_PERMISSION));
    }

    /// FTP does not tell.
    @Override
    public OptionalLong free() {
        return OptionalLong.empty();
    }

    @Override
    public Remote another() throws ProblemException {
        return new FtpRemote(login, login.line(), false);
    }

    @Override
    public void close() {
        FtpLogin.drop(line);
        if (first) {
            login.forget();
        }
    }

    private void done(String what, String path, Call<Boolean> call) throws ProblemException {
        if (!tried(what, path, call)) {
            throw refused(what, path);
        }
    }

    private ProblemException refused(String what, String path) {
        return FtpWords.transfer(what, full(path), line.getReplyCode(), line.getReplyString());
    }

    private <T> T tried(String what, String path, Call<T> call) throws ProblemException {
        try {
            return call.run();
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            if (e.getCause() instanceof ProblemException ours) {
                throw ours;
            }
            throw TransferWords.of(what, full(path), TransferWords.Reason.BROKEN_OFF, e);
        }
    }

    private String full(String path) {
        String folder = login.target().folder();
        return path.startsWith("/") ? path : folder + (folder.endsWith("/") ? "" : "/") + path;
    }

    /// Something the server is asked.
    @FunctionalInterface
    private interface Call<T> {
        T run() throws IOException;
    }
}
