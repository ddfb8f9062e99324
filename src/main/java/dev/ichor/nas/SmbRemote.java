package dev.ichor.nas;

import static com.hierynomus.mserref.NtStatus.STATUS_OBJECT_NAME_NOT_FOUND;
import static com.hierynomus.mserref.NtStatus.STATUS_OBJECT_PATH_NOT_FOUND;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.msfscc.FileAttributes;
import com.hierynomus.msfscc.fileinformation.FileAllInformation;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2CreateOptions;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;

import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.TimeUnit;

/// A folder of a share, reached by SMB 2 or 3.
final class SmbRemote implements Remote {
    private static final System.Logger LOG = System.getLogger(SmbRemote.class.getName());

    private final SMBClient client;
    private final DiskShare share;
    private final String folder;
    private final Runnable end;
    private final Set<String> known = new HashSet<>();
    private final SmbBlocks blocks = new SmbBlocks();

    SmbRemote(SMBClient client, DiskShare share, String folder) {
        this(client, share, folder, client::close);
    }

    private SmbRemote(SMBClient client, DiskShare share, String folder, Runnable end) {
        this.client = client;
        this.share = share;
        this.folder = folder;
        this.end = end;
    }

    @Override
    public Optional<Stat> stat(String path) throws ProblemException {
        try {
            File file =
                    open(path, AccessMask.FILE_READ_ATTRIBUTES, SMB2CreateDisposition.FILE_OPEN);
            try {
                return Optional.of(stat(file.getFileInformation()));
            } finally {
                file.closeNoWait();
            }
        } catch (SMBApiException e) {
            if (e.getStatus() == STATUS_OBJECT_NAME_NOT_FOUND
                    || e.getStatus() == STATUS_OBJECT_PATH_NOT_FOUND) {
                return Optional.empty();
            }
            throw SmbWords.transfer("looked at", path, e);
        } catch (SMBRuntimeException e) {
            throw SmbWords.transfer("looked at", path, e);
        }
    }

    private static Stat stat(FileAllInformation all) {
        long modified = all.getBasicInformation().getLastWriteTime().toEpoch(TimeUnit.SECONDS);
        return new Stat(all.getStandardInformation().getEndOfFile(), (int) modified);
    }

    @Override
    public Optional<Map<String, Stat>> listing(String path) throws ProblemException {
        try {
            Map<String, Stat> all = new HashMap<>();
            for (var f : share.list(full(path.replaceAll("/$", "")))) {
                if (!isFolder(f.getFileAttributes())) {
                    long modified = f.getLastWriteTime().toEpoch(TimeUnit.SECONDS);
                    all.put(f.getFileName(), new Stat(f.getEndOfFile(), (int) modified));
                }
            }
            return Optional.of(all);
        } catch (SMBRuntimeException e) {
            return Optional.empty(); // not there, or not to be listed: asked for each
        }
    }

    @Override
    public void get(String path, OutputStream to) throws ProblemException {
        try {
            File file = open(path, AccessMask.GENERIC_READ, SMB2CreateDisposition.FILE_OPEN);
            try {
                blocks.read(file, to);
            } finally {
                file.closeNoWait();
            }
        } catch (IOException | SMBRuntimeException e) {
            throw SmbWords.transfer("read", path, e);
        }
    }

    /// Several writes are under way at once, so that its end may have holes.
    @Override
    public long whole(long size) {
        return Math.max(0, size - SmbBlocks.UNDER_WAY);
    }

    @Override
    public void put(String path, InputStream in, long from) throws ProblemException {
        SMB2CreateDisposition how =
                from > 0
                        ? SMB2CreateDisposition.FILE_OPEN
                        : SMB2CreateDisposition.FILE_OVERWRITE_IF;
        try (in) {
            File file = open(path, AccessMask.GENERIC_WRITE, how);
            try {
                blocks.write(file, in, from);
            } finally {
                file.closeNoWait(); // every write was answered
            }
        } catch (ProblemException e) {
            throw e;
        } catch (IOException | SMBRuntimeException e) {
            throw SmbWords.transfer("written", path, e);
        }
    }

    @Override
    public void discard(String path) {
        try {
            share.rm(full(path));
        } catch (SMBRuntimeException e) {
            LOG.log(Level.DEBUG, "left on the NAS: {0}", path);
        }
    }

    /// In one step, also over an old file.
    @Override
    public void rename(String from, String to) throws ProblemException {
        try {
            File file = open(from, AccessMask.DELETE, SMB2CreateDisposition.FILE_OPEN);
            try {
                file.rename(full(to), true);
            } finally {
                file.closeNoWait();
            }
        } catch (SMBRuntimeException e) {
            throw SmbWords.transfer("renamed", to, e);
        }
    }

    @Override
    public void makeParents(String path) throws ProblemException {
        make(Parents.of(full(path), '\\'));
    }

    /// From the deepest up, until one is there.
    private void make(List<String> folders) throws ProblemException {
        int missing = 0;
        try {
            while (missing < folders.size()
                    && !known.contains(folders.get(missing))
                    && !share.folderExists(folders.get(missing))) {
                missing++;
            }
            for (String dir : folders.subList(0, missing).reversed()) {
                share.mkdir(dir);
            }
            known.addAll(folders);
        } catch (SMBRuntimeException e) {
            throw SmbWords.transfer("made", folders.getFirst(), e);
        }
    }

    @Override
    public Optional<List<String>> names(String path) {
        try {
            return Optional.of(
                    share.list(full(path.replaceAll("/$", ""))).stream()
                            .filter(f ->
                                    !f.getFileName().equals(".") && !f.getFileName().equals(".."))
                            .map(f ->
                                    f.getFileName() + (isFolder(f.getFileAttributes()) ? "/" : ""))
                            .sorted()
                            .toList());
        } catch (SMBRuntimeException e) {
            LOG.log(Level.DEBUG, "not shown: {0}", path);
            return Optional.empty();
        }
    }

    private static boolean isFolder(long attributes) {
        return (attributes & FileAttributes.FILE_ATTRIBUTE_DIRECTORY.getValue()) != 0;
    }

    @Override
    public Readers shut(String path) throws ProblemException {
        try {
            return SmbRights.shut(share, full(path));
        } catch (SMBRuntimeException e) {
            throw SmbWords.transfer("shut", path, e);
        }
    }

    @Override
    public OptionalLong free() {
        try {
            return OptionalLong.of(share.getShareInformation().getCallerFreeSpace());
        } catch (SMBRuntimeException e) {
            return OptionalLong.empty();
        }
    }

    /// The library takes calls from many threads.
    @Override
    public Remote another() {
        return new SmbRemote(client, share, folder, () -> {});
    }

    @Override
    public void close() {
        end.run();
    }

    private File open(String path, AccessMask access, SMB2CreateDisposition how) {
        return share.openFile(
                full(path),
                EnumSet.of(access),
                null,
                SMB2ShareAccess.ALL,
                how,
                EnumSet.of(SMB2CreateOptions.FILE_NON_DIRECTORY_FILE));
    }

    /// SMB knows no way up.
    private String full(String path) {
        Path whole = Path.of(folder.isEmpty() ? "." : folder).resolve(path).normalize();
        return whole.toString().replace('/', '\\');
    }
}
