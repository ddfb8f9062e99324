package dev.ichor.artifacts;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.ProblemException;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.security.MessageDigest;
import java.util.function.Consumer;

/// Fetches one file to `NAME.part`, checks it, and only then gives it its name.
final class Download {
    static final String PART = ".part";

    private static final int OK = 200;
    private static final int PARTIAL = 206;
    private static final int RANGE_NOT_SATISFIABLE = 416;
    private static final int BUFFER = 1 << 16;

    private final OkHttpClient http;

    Download(OkHttpClient http) {
        this.http = http;
    }

    /// A small text.
    String text(HttpUrl url) throws IOException, InterruptedException {
        try (Response response = call(url, 0)) {
            refuseOdd(url, response);
            return response.body().string();
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            stopIfInterrupted();
            throw Words.unreachable(url, e);
        }
    }

    /// A file whose SHA-256 is known; goes on with what an earlier try has left.
    void file(HttpUrl url, Path file, String wanted, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        Path part = file.resolveSibling(file.getFileName() + PART);
        boolean resumed = Files.exists(part) && Files.size(part) > 0;
        String got = untilComplete(url, part, progress);
        if (resumed && !got.equals(wanted)) {
            // The first piece may be of another file: once more from the beginning.
            Files.delete(part);
            got = untilComplete(url, part, progress);
        }
        if (!got.equals(wanted)) {
            Files.delete(part);
            throw Words.wrongSum(url, wanted, got);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }

    /// Asks again after a cut, as long as each try brings something.
    private String untilComplete(HttpUrl url, Path part, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        while (true) {
            long before = Files.exists(part) ? Files.size(part) : 0;
            try {
                return once(url, part, progress);
            } catch (ProblemException e) {
                throw e;
            } catch (IOException e) {
                stopIfInterrupted();
                long now = Files.exists(part) ? Files.size(part) : 0;
                if (now <= before) {
                    throw now == 0 ? Words.unreachable(url, e) : Words.cut(url, now, e);
                }
            }
        }
    }

    private String once(HttpUrl url, Path part, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        long have = Files.exists(part) ? Files.size(part) : 0;
        try (Response response = call(url, have)) {
            if (response.code() == RANGE_NOT_SATISFIABLE && have > 0) {
                return Sums.hex(Sums.digestOf(part)); // nothing follows: complete, or the sum tells
            }
            refuseOdd(url, response);
            boolean goesOn = startsAt(response, have);
            MessageDigest digest = goesOn && have > 0 ? Sums.digestOf(part) : Sums.sha256();
            try (FileChannel out = open(part, goesOn)) {
                copy(response, new Target(part, out, digest), progress);
            }
            return Sums.hex(digest);
        }
    }

    private record Target(Path part, FileChannel out, MessageDigest digest) {
        void write(byte[] buffer, int n) throws ProblemException, InterruptedException {
            try {
                ByteBuffer bytes = ByteBuffer.wrap(buffer, 0, n);
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
                digest.update(buffer, 0, n);
            } catch (IOException e) {
                stopIfInterrupted(); // an interrupt closes the file
                throw Words.cannotWrite(part, e);
            }
        }
    }

    private static void copy(Response response, Target target, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        String name = target.part().getFileName().toString().replace(PART, "");
        long done = target.out().position();
        long length = response.body().contentLength();
        long all = length < 0 ? -1 : done + length;
        byte[] buffer = new byte[BUFFER];
        InputStream in = response.body().byteStream();
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            stopIfInterrupted();
            target.write(buffer, n);
            done += n;
            progress.accept(new Amount(name, done, all));
        }
    }

    private static FileChannel open(Path part, boolean goesOn) throws ProblemException {
        try {
            FileChannel out =
                    FileChannel.open(part, StandardOpenOption.CREATE, StandardOpenOption.WRITE);
            return goesOn ? out.position(out.size()) : out.truncate(0);
        } catch (IOException e) {
            throw Words.cannotWrite(part, e);
        }
    }

    private Response call(HttpUrl url, long from) throws IOException {
        // Identity, else OkHttp unpacks and the length is not told.
        Request.Builder request =
                new Request.Builder().url(url).header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
        }
        return http.newCall(request.build()).execute();
    }

    /// Whether the answer is the rest we asked for (RFC 9110 section 14.4); a server may send all.
    private static boolean startsAt(Response response, long from) {
        @Nullable String range = response.header("Content-Range");
        return response.code() == PARTIAL
                && range != null
                && range.startsWith("bytes " + from + "-");
    }

    private static void refuseOdd(HttpUrl url, Response response) throws ProblemException {
        if (response.code() != OK && response.code() != PARTIAL) {
            throw Words.refused(url, response.code());
        }
        @Nullable MediaType type = response.body().contentType();
        if (type != null && type.subtype().equals("html")) {
            throw Words.webPage(url);
        }
    }

    /// A socket that was closed by an interrupt looks like a broken one.
    private static void stopIfInterrupted() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException();
        }
    }
}
