package dev.ichor.artifacts;

import dev.ichor.cluster.ProblemException;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import okio.BufferedSource;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.channels.FileChannel;
import java.nio.file.Path;
import java.security.MessageDigest;
import java.util.Optional;

/// Brings texts and files over HTTP: asks again after a cut, goes on where it stopped, computes
/// SHA-256 in the same pass. Cancelling is interrupting; what has come is kept.
final class Download {
    private static final int OK = 200;
    private static final int CREATED = 201;
    private static final int PARTIAL = 206;
    private static final int NOT_FOUND = 404;
    private static final int RANGE_NOT_SATISFIABLE = 416;

    /// No list or bundle is near as long.
    private static final long LONGEST_TEXT = 16 << 20;

    private final OkHttpClient http;
    private final Retry retry;

    Download(OkHttpClient http, Retry retry) {
        this.http = http;
        this.retry = retry;
    }

    /// What an attempt does.
    private interface Attempt<T> {
        T run() throws IOException, InterruptedException;
    }

    /// A small text.
    String text(HttpUrl url) throws IOException, InterruptedException {
        return optionalText(url).orElseThrow(() -> Words.refused(url, NOT_FOUND));
    }

    /// A small text, or nothing when the server does not have it.
    Optional<String> optionalText(HttpUrl url) throws IOException, InterruptedException {
        return patiently(url, null, () -> textOf(new Request.Builder().url(url).build()));
    }

    /// The answer to a text that is posted.
    String post(HttpUrl url, String text) throws IOException, InterruptedException {
        Request request =
                new Request.Builder()
                        .url(url)
                        .post(RequestBody.create(text, MediaType.get("application/yaml")))
                        .build();
        return patiently(url, null, () -> textOf(request))
                .orElseThrow(() -> Words.refused(url, NOT_FOUND));
    }

    private Optional<String> textOf(Request request) throws IOException, InterruptedException {
        try (Response response = http.newCall(request).execute()) {
            if (response.code() == NOT_FOUND) {
                return Optional.empty();
            }
            refuseOdd(request.url(), response);
            BufferedSource body = response.body().source();
            if (body.request(LONGEST_TEXT)) {
                throw Words.tooLong(request.url());
            }
            return Optional.of(body.readUtf8());
        }
    }

    /// A file, complete and checked, in `to`.
    ///
    /// @param wanted its SHA-256, or null when nobody knows it
    /// @return its SHA-256
    /// @throws ProblemException with words for the owner; what is bad was deleted
    String file(HttpUrl url, Partial to, @Nullable String wanted, Meter.Part progress)
            throws IOException, InterruptedException {
        boolean resumed = to.size() > 0;
        String got = patiently(url, to, () -> once(url, to, wanted, progress));
        if (resumed && wanted != null && !got.equals(wanted)) {
            // The first piece may be of another file: once more from the beginning.
            to.delete();
            got = patiently(url, to, () -> once(url, to, wanted, progress));
        }
        if (wanted != null && !got.equals(wanted)) {
            boolean page = Magic.isWebPage(to.file());
            to.delete();
            throw page ? Words.webPage(url) : Words.wrongSum(url, wanted, got);
        }
        return got;
    }

    /// Asks again after a cut or a server's "later", as long as it may help.
    private <T> T patiently(HttpUrl url, @Nullable Partial to, Attempt<T> attempt)
            throws IOException, InterruptedException {
        int idle = 0;
        while (true) {
            long before = to == null ? 0 : to.size();
            try {
                return attempt.run();
            } catch (ProblemException e) {
                throw e;
            } catch (Busy e) {
                idle++;
                if (idle >= retry.tries() || e.after().compareTo(retry.longest()) > 0) {
                    throw Words.busy(url, e);
                }
                retry.sleep().pause(e.after());
            } catch (IOException e) {
                stopIfInterrupted();
                long now = to == null ? 0 : to.size();
                idle = now > before ? 1 : idle + 1;
                if (idle >= retry.tries() || !Trouble.mayPass(e)) {
                    throw now == 0 ? Trouble.words(url, e) : Words.cut(url, now, e);
                }
                retry.pause(idle);
            }
        }
    }

    private String once(HttpUrl url, Partial to, @Nullable String wanted, Meter.Part progress)
            throws IOException, InterruptedException {
        Optional<String> version = to.version();
        long have = wanted == null && version.isEmpty() ? 0 : to.size();
        try (Response response = call(url, have, version)) {
            if (response.code() == RANGE_NOT_SATISFIABLE && have > 0) {
                return nothingFollows(response, to, have, wanted);
            }
            refuseOdd(url, response);
            boolean goesOn = have > 0 && startsAt(response, have);
            long length = response.body().contentLength();
            long start = goesOn ? have : 0;
            Room.check(to.file(), length);
            MessageDigest digest = goesOn ? Sums.digestOf(to.file()) : Sums.sha256();
            progress.begin(start, length < 0 ? -1 : start + length);
            try (FileChannel out = goesOn ? to.goOn() : to.begin(response);
                    Hashing hash = new Hashing(digest)) {
                copy(response.body().source(), new Target(to.file(), out), hash, progress);
                return hash.sum();
            }
        }
    }

    /// Complete already, or the sum tells; without one the server must say that this is its length.
    private static String nothingFollows(
            Response response, Partial to, long have, @Nullable String wanted)
            throws IOException, InterruptedException {
        if (wanted == null && !("bytes */" + have).equals(response.header("Content-Range"))) {
            to.delete();
            throw new IOException("what had come is of another file");
        }
        return Sums.hex(Sums.digestOf(to.file()));
    }

    private record Target(Path file, FileChannel out) {
        void write(ByteBuffer bytes) throws ProblemException, InterruptedException {
            try {
                while (bytes.hasRemaining()) {
                    out.write(bytes);
                }
            } catch (IOException e) {
                stopIfInterrupted(); // an interrupt closes the file
                throw Words.cannotWrite(file, e);
            }
        }
    }

    private static void copy(BufferedSource in, Target target, Hashing hash, Meter.Part progress)
            throws IOException, InterruptedException {
        boolean more = true;
        while (more) {
            stopIfInterrupted();
            ByteBuffer buffer = hash.buffer();
            try {
                // One read gives what one packet brought; a full buffer spares writes.
                while (more && buffer.hasRemaining()) {
                    more = in.read(buffer) >= 0;
                }
            } finally {
                hash.add(buffer.flip().duplicate());
                int n = buffer.remaining();
                target.write(buffer);
                progress.add(n);
            }
        }
    }

    private Response call(HttpUrl url, long from, Optional<String> version) throws IOException {
        // Identity, else OkHttp unpacks and the length is not told.
        Request.Builder request =
                new Request.Builder().url(url).header("Accept-Encoding", "identity");
        if (from > 0) {
            request.header("Range", "bytes=" + from + "-");
            version.ifPresent(v -> request.header("If-Range", v));
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

    private static void refuseOdd(HttpUrl url, Response response) throws IOException {
        int code = response.code();
        if (Busy.is(code)) {
            throw Busy.of(response);
        }
        if (code != OK && code != PARTIAL && code != CREATED) {
            throw Words.refused(url, code);
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
