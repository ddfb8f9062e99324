package dev.ichor.nas;

import com.jcraft.jsch.ChannelSftp;
import com.jcraft.jsch.JSchException;
import com.jcraft.jsch.Session;
import com.jcraft.jsch.SftpATTRS;
import com.jcraft.jsch.SftpException;
import com.jcraft.jsch.SftpStatVFS;

import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.security.DigestOutputStream;
import java.util.HashSet;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// The folder on the NAS; paths are relative to it.
final class Remote {
    private static final System.Logger LOG = System.getLogger(Remote.class.getName());

    private static final String OLD = ".old";
    private static final int CONNECT_MS = 10_000;

    private final Session session;
    private final String folder;
    private final Set<String> known = new HashSet<>();
    private ChannelSftp sftp;

    Remote(Session session, ChannelSftp sftp, String folder) {
        this.session = session;
        this.sftp = sftp;
        this.folder = folder.length() > 1 ? folder.replaceAll("/+$", "") : folder;
    }

    /// What is told of a file without reading it.
    ///
    /// @param modified seconds since 1970
    record Stat(long size, int modified) {}

    /// Empty when there is no such file.
    Optional<Stat> stat(String path) throws ProblemException {
        return attributes(full(path)).map(a -> new Stat(a.getSize(), a.getMTime()));
    }

    /// The content's SHA-256 as hex, read over the line.
    String hash(String path) throws ProblemException {
        var digest = Hashes.sha256();
        get(path, new DigestOutputStream(OutputStream.nullOutputStream(), digest));
        return Hashes.hex(digest);
    }

    void get(String path, OutputStream to) throws ProblemException {
        try {
            sftp.get(full(path), to);
        } catch (SftpException e) {
            throw TransferWords.of("read", full(path), e, OptionalLong.empty());
        }
    }

    /// Writes a file, also over an old one; `in` is closed.
    void put(String path, InputStream in) throws ProblemException {
        try (in) {
            sftp.put(in, full(path), ChannelSftp.OVERWRITE);
        } catch (SftpException e) {
            renew();
            throw e.getCause() instanceof ProblemException ours
                    ? ours
                    : TransferWords.of("written", full(path), e, free());
        } catch (IOException e) {
            throw TransferWords.unreadable(path, e);
        }
    }

    /// After a failed write JSch takes the answers to what it has sent ahead for the answers to the
    /// next call; a fresh channel has none.
    private void renew() {
        try {
            ChannelSftp fresh = (ChannelSftp) session.openChannel("sftp");
            if (fresh == null) { // JSch's way to say that the session ended just now
                throw new JSchException("session is down");
            }
            fresh.connect(CONNECT_MS);
            sftp.disconnect();
            sftp = fresh;
        } catch (JSchException e) {
            LOG.log(Level.DEBUG, "the line is gone: {0}", e.getMessage());
        }
    }

    /// Removes what a failed copy has left, as far as the NAS still answers.
    void discard(String path) {
        try {
            sftp.rm(full(path));
        } catch (SftpException e) {
            LOG.log(Level.DEBUG, "left on the NAS: {0}", full(path));
        }
    }

    /// Gives a file its final name. By OpenSSH's extension the old one is replaced in one step;
    /// servers without it refuse a name that is taken, so the old file is set aside first and goes
    /// last.
    void rename(String from, String to) throws ProblemException {
        boolean aside = !atomicRename() && setAside(to);
        try {
            sftp.rename(full(from), full(to));
        } catch (SftpException e) {
            throw aside && !takeBack(to)
                    ? TransferWords.setAside(full(to), full(to + OLD), e)
                    : TransferWords.of("renamed", full(to), e, OptionalLong.empty());
        }
        if (!atomicRename()) {
            discard(to + OLD); // perhaps of an earlier try
        }
    }

    /// @return false when there is no old file
    private boolean setAside(String path) throws ProblemException {
        if (attributes(full(path)).isEmpty()) {
            return false;
        }
        discard(path + OLD);
        try {
            sftp.rename(full(path), full(path + OLD));
            return true;
        } catch (SftpException e) {
            throw TransferWords.of("renamed", full(path), e, OptionalLong.empty());
        }
    }

    private boolean takeBack(String path) {
        try {
            sftp.rename(full(path + OLD), full(path));
            return true;
        } catch (SftpException e) {
            LOG.log(Level.DEBUG, "left on the NAS: {0}", full(path + OLD));
            return false;
        }
    }

    private boolean atomicRename() {
        return sftp.getExtension("posix-rename@openssh.com") != null;
    }

    /// Makes the folders above a file.
    void makeParents(String path) throws ProblemException {
        String whole = full(path);
        for (int i = whole.indexOf('/', 1); i > 0; i = whole.indexOf('/', i + 1)) {
            String dir = whole.substring(0, i);
            if (known.add(dir) && attributes(dir).isEmpty()) {
                make(dir);
            }
        }
    }

    private void make(String dir) throws ProblemException {
        if (dir.lastIndexOf('/') == 0) { // the NAS's shared folders: only the NAS itself makes them
            throw TransferWords.noSuchShare(dir, Shares.of(sftp));
        }
        try {
            sftp.mkdir(dir);
        } catch (SftpException e) {
            throw TransferWords.of("made", dir, e, OptionalLong.empty());
        }
    }

    /// Bytes that are free there, where the NAS tells (statvfs@openssh.com).
    OptionalLong free() {
        for (String dir = folder; ; dir = parent(dir)) {
            try {
                SftpStatVFS fs = sftp.statVFS(dir);
                return OptionalLong.of(fs.getAvailBlocks() * fs.getFragmentSize());
            } catch (SftpException e) {
                if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE || dir.equals(parent(dir))) {
                    return OptionalLong.empty();
                }
            }
        }
    }

    private static String parent(String dir) {
        int slash = dir.lastIndexOf('/');
        return slash > 0 ? dir.substring(0, slash) : slash == 0 ? "/" : ".";
    }

    private Optional<SftpATTRS> attributes(String full) throws ProblemException {
        try {
            return Optional.of(sftp.stat(full));
        } catch (SftpException e) {
            if (e.id == ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty();
            }
            throw TransferWords.of("looked at", full, e, OptionalLong.empty());
        }
    }

    private String full(String path) {
        return folder.equals("/") ? "/" + path : folder.isEmpty() ? path : folder + "/" + path;
    }
}
