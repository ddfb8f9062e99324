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
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;

/// A folder reached by SFTP.
final class SftpRemote implements Remote {
    private static final System.Logger LOG = System.getLogger(SftpRemote.class.getName());
    private static final String OLD = ".old";
    private static final int OWNER_ONLY = 0700;

    /// Group and others, to list or to enter.
    private static final int MAY_READ = 0055;

    /// Running a command takes as long as reading so many bytes.
    private static final long WORTH_ASKING = 1 << 20;

    private final Session session;
    private final SshHash hashes;
    private final String folder;
    private final Runnable end;
    private final Set<String> known = new HashSet<>();
    private ChannelSftp sftp;

    SftpRemote(Session session, ChannelSftp sftp, String folder) {
        this.session = session;
        this.hashes = new SshHash(session);
        this.sftp = sftp;
        this.end = session::disconnect;
        this.folder = folder.length() > 1 ? folder.replaceAll("/+$", "") : folder;
    }

    private SftpRemote(SftpRemote first, ChannelSftp sftp) {
        this.session = first.session;
        this.hashes = first.hashes;
        this.sftp = sftp;
        this.end = sftp::disconnect;
        this.folder = first.folder;
    }

    @Override
    public Optional<Stat> stat(String path) throws ProblemException {
        return attributes(full(path)).map(a -> new Stat(a.getSize(), a.getMTime()));
    }

    @Override
    public void get(String path, OutputStream to) throws ProblemException {
        try {
            sftp.get(full(path), to);
        } catch (SftpException e) {
            throw TransferWords.of("read", full(path), e, OptionalLong.empty());
        }
    }

    /// A large one by the NAS itself, where its SSH runs commands.
    @Override
    public String hash(String path, long size) throws ProblemException {
        Optional<String> told =
                size < WORTH_ASKING ? Optional.empty() : hashes.of(full(path), size);
        return told.isPresent() ? told.get() : Remote.super.hash(path, size);
    }

    /// A folder with links in it is asked for each: a link tells its own size.
    @Override
    public Optional<Map<String, Stat>> listing(String path) throws ProblemException {
        Map<String, Stat> all = new HashMap<>();
        try {
            for (ChannelSftp.LsEntry e : sftp.ls(full(path))) {
                SftpATTRS a = e.getAttrs();
                if (a.isLink()) {
                    return Optional.empty();
                }
                if (!a.isDir()) {
                    all.put(e.getFilename(), new Stat(a.getSize(), a.getMTime()));
                }
            }
        } catch (SftpException e) {
            if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE) {
                return Optional.empty(); // to enter, but not to list
            }
        }
        return Optional.of(all);
    }

    @Override
    public long whole(long size) {
        return size;
    }

    @Override
    public void put(String path, InputStream in, long from) throws ProblemException {
        try (in) {
            sftp.put(in, full(path), from > 0 ? ChannelSftp.APPEND : ChannelSftp.OVERWRITE);
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
            ChannelSftp fresh = SftpChannel.open(session);
            sftp.disconnect();
            sftp = fresh;
        } catch (JSchException e) {
            LOG.log(Level.DEBUG, "the line is gone: {0}", e.getMessage());
        }
    }

    @Override
    public void discard(String path) {
        try {
            sftp.rm(full(path));
        } catch (SftpException e) {
            LOG.log(Level.DEBUG, "left on the NAS: {0}", full(path));
        }
    }

    /// By OpenSSH's extension the old one is replaced in one step; servers without it refuse a name
    /// that is taken, so the old file is set aside first and goes last.
    @Override
    public void rename(String from, String to) throws ProblemException {
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

    @Override
    public void makeParents(String path) throws ProblemException {
        List<String> folders = Parents.of(full(path), '/');
        int missing = 0;
        while (missing < folders.size()
                && !known.contains(folders.get(missing))
                && attributes(folders.get(missing)).isEmpty()) {
            missing++;
        }
        for (String dir : folders.subList(0, missing).reversed()) {
            make(dir);
        }
        known.addAll(folders);
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

    @Override
    public Optional<List<String>> names(String path) {
        try {
            return Optional.of(
                    sftp.ls(full(path)).stream()
                            .filter(e ->
                                    !e.getFilename().equals(".") && !e.getFilename().equals(".."))
                            .map(e -> e.getFilename() + (e.getAttrs().isDir() ? "/" : ""))
                            .sorted()
                            .toList());
        } catch (SftpException e) {
            LOG.log(Level.DEBUG, "not shown: {0}", path);
            return Optional.empty();
        }
    }

    @Override
    public Readers shut(String path) throws ProblemException {
        try {
            sftp.chmod(OWNER_ONLY, full(path));
        } catch (SftpException e) {
            LOG.log(Level.DEBUG, "rights stay: {0}", e.getMessage());
        }
        return attributes(full(path))
                .filter(a -> (a.getFlags() & SftpATTRS.SSH_FILEXFER_ATTR_PERMISSIONS) != 0)
                .map(a -> (a.getPermissions() & MAY_READ) == 0 ? Readers.OWNER : Readers.OTHERS)
                .orElse(Readers.UNTOLD);
    }

    /// By statvfs@openssh.com.
    @Override
    public OptionalLong free() {
        for (String dir = folder; ; dir = Parents.parent(dir)) {
            try {
                SftpStatVFS fs = sftp.statVFS(dir);
                return OptionalLong.of(fs.getAvailBlocks() * fs.getFragmentSize());
            } catch (SftpException e) {
                if (e.id != ChannelSftp.SSH_FX_NO_SUCH_FILE || dir.equals(Parents.parent(dir))) {
                    return OptionalLong.empty();
                }
            }
        }
    }

    @Override
    public Remote another() throws ProblemException {
        try {
            return new SftpRemote(this, SftpChannel.open(session));
        } catch (JSchException e) {
            throw new ProblemException("The NAS opens no more channels.", "", "");
        }
    }

    @Override
    public void close() {
        end.run();
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
