package dev.ichor.nas;

import static com.hierynomus.mserref.NtStatus.STATUS_OBJECT_NAME_NOT_FOUND;
import static com.hierynomus.mserref.NtStatus.STATUS_OBJECT_PATH_NOT_FOUND;

import com.hierynomus.msdtyp.AccessMask;
import com.hierynomus.msfscc.FileAttributes;
import com.hierynomus.msfscc.fileinformation.FileStandardInformation;
import com.hierynomus.mssmb2.SMB2CreateDisposition;
import com.hierynomus.mssmb2.SMB2CreateOptions;
import com.hierynomus.mssmb2.SMB2ShareAccess;
import com.hierynomus.mssmb2.SMBApiException;
import com.hierynomus.smbj.SMBClient;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.share.DiskShare;
import com.hierynomus.smbj.share.File;

import dev.ichor.cluster.ProblemException;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.lang.System.Logger.Level;
import java.nio.file.Path;
import java.util.ArrayDeque;
import java.util.EnumSet;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.Set;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;
import java.util.concurrent.TimeUnit;

/// A folder of a share, reached by SMB 2 or 3.
final class SmbRemote implements Remote {
    /// Bytes a write.
    static final int CHUNK = 1 << 20;

    private static final System.Logger LOG = System.getLogger(SmbRemote.class.getName());

    /// Reads or writes under way at once; the library's own streams wait for each answer.
    private static final int DEPTH = 4;

    private final SMBClient client;
    private final DiskShare share;
    private final String folder;
    private final Runnable end;
    private final Set<String> known = new HashSet<>();

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
            var all = share.getFileInformation(full(path));
            long modified = all.getBasicInformation().getLastWriteTime().toEpoch(TimeUnit.SECONDS);
            return Optional.of(
                    new Stat(all.getStandardInformation().getEndOfFile(), (int) modified));
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

    @Override
    public void get(String path, OutputStream to) throws ProblemException {
        try (File file = open(path, AccessMask.GENERIC_READ, SMB2CreateDisposition.FILE_OPEN)) {
            read(file, to);
        } catch (IOException | SMBRuntimeException e) {
            throw SmbWords.transfer("read", path, e);
        }
    }

    private static void read(File file, OutputStream to) throws IOException {
        long size = file.getFileInformation(FileStandardInformation.class).getEndOfFile();
        ArrayDeque<Future<byte[]>> underWay = new ArrayDeque<>();
        try (ExecutorService pool = Executors.newVirtualThreadPerTaskExecutor()) {
            for (long at = 0; at < size; at += CHUNK) {
                long offset = at;
                int length = (int) Math.min(CHUNK, size - at);
                underWay.add(pool.submit(() -> chunk(file, offset, length)));
                if (underWay.size() == DEPTH) {
                    to.write(await(underWay.remove()));
                }
            }
            while (!underWay.isEmpty()) {
                to.write(await(underWay.remove()));
            }
        }
    }

    private static byte[] chunk(File file, long offset, int length) throws IOException {
        byte[] bytes = new byte[length];
        for (int done = 0; done < length; ) {
            int n = file.read(bytes, offset + done, done, length - done);
            if (n <= 0) {
                throw new EOFException("the file has become shorter");
            }
            done += n;
        }
        return bytes;
    }

    @Override
    public void put(String path, InputStream in) throws ProblemException {
        try (in;
                File file =
                        open(
                                path,
                                AccessMask.GENERIC_WRITE,
                                SMB2CreateDisposition.FILE_OVERWRITE_IF)) {
            write(file, in);
        } catch (ProblemException e) {
            throw e;
        } catch (IOException | SMBRuntimeException e) {
            throw SmbWords.transfer("written", path, e);
        }
    }

    private static void write(File file, InputStream in) throws IOException {
        ArrayDeque<Future<Long>> underWay = new ArrayDeque<>();
        byte[][] buffers = new byte[DEPTH][CHUNK];
        long offset = 0;
        for (int i = 0; ; i = (i + 1) % DEPTH) {
            if (underWay.size() == DEPTH) {
                await(underWay.remove()); // the one that used this buffer
            }
            int n = in.readNBytes(buffers[i], 0, CHUNK);
            if (n == 0) {
                break;
            }
            underWay.add(file.writeAsync(buffers[i], offset, 0, n));
            offset += n;
        }
        for (Future<Long> write : underWay) {
            await(write);
        }
    }

    private static <T> T await(Future<T> answer) throws IOException {
        try {
            return answer.get();
        } catch (ExecutionException e) {
            if (e.getCause() instanceof SMBRuntimeException smb) {
                throw smb;
            }
            throw new IOException(e.getCause());
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
            throw new IOException(e);
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
        try (File file = open(from, AccessMask.DELETE, SMB2CreateDisposition.FILE_OPEN)) {
            file.rename(full(to), true);
        } catch (SMBRuntimeException e) {
            throw SmbWords.transfer("renamed", to, e);
        }
    }

    @Override
    public void makeParents(String path) throws ProblemException {
        String whole = full(path);
        for (int i = whole.indexOf('\\'); i > 0; i = whole.indexOf('\\', i + 1)) {
            String dir = whole.substring(0, i);
            try {
                if (known.add(dir) && !share.folderExists(dir)) {
                    share.mkdir(dir);
                }
            } catch (SMBRuntimeException e) {
                throw SmbWords.transfer("made", dir, e);
            }
        }
    }

    @Override
    public List<String> names(String path) {
        try {
            return share.list(full(path.replaceAll("/$", ""))).stream()
                    .filter(f -> !f.getFileName().equals(".") && !f.getFileName().equals(".."))
                    .map(f -> f.getFileName() + (isFolder(f.getFileAttributes()) ? "/" : ""))
                    .sorted()
                    .toList();
        } catch (SMBRuntimeException e) {
            LOG.log(Level.DEBUG, "not shown: {0}", path);
            return List.of();
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
