package dev.ichor.nas;

import com.hierynomus.msfscc.fileinformation.FileStandardInformation;
import com.hierynomus.smbj.common.SMBRuntimeException;
import com.hierynomus.smbj.share.File;

import java.io.EOFException;
import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.ArrayDeque;
import java.util.concurrent.ExecutionException;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.Future;

/// A file's content over the line, several blocks under way at once; the library's own streams wait
/// for each answer. Not for several threads.
final class SmbBlocks {
    /// Bytes a block.
    static final int CHUNK = 1 << 20;

    /// Blocks under way at once.
    private static final int DEPTH = 4;

    /// Bytes that may be under way.
    static final long UNDER_WAY = (long) DEPTH * CHUNK;

    /// Made when they are needed: a small file needs one.
    private final byte[][] buffers = new byte[DEPTH][0];

    void read(File file, OutputStream to) throws IOException {
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

    void write(File file, InputStream in, long from) throws IOException {
        ArrayDeque<Future<Long>> underWay = new ArrayDeque<>();
        long offset = from;
        for (int i = 0; ; i = (i + 1) % DEPTH) {
            if (underWay.size() == DEPTH) {
                await(underWay.remove()); // the one that used this buffer
            }
            if (buffers[i].length == 0) {
                buffers[i] = new byte[CHUNK];
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
}
