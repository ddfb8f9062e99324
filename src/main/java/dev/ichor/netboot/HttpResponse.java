package dev.ichor.netboot;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.SequencedMap;

/// One answer.
///
/// @param headers without `Date`, `Connection` and `Content-Length`, which the connection adds
/// @param watch is told how far the body is
record HttpResponse(int status, SequencedMap<String, String> headers, HttpBody body, Watch watch) {
    static final String CONTENT_TYPE = "Content-Type";
    static final String TEXT = "text/plain; charset=utf-8";

    static final Map<Integer, String> REASONS =
            Map.ofEntries(
                    Map.entry(200, "OK"),
                    Map.entry(206, "Partial Content"),
                    Map.entry(301, "Moved Permanently"),
                    Map.entry(304, "Not Modified"),
                    Map.entry(307, "Temporary Redirect"),
                    Map.entry(400, "Bad Request"),
                    Map.entry(401, "Unauthorized"),
                    Map.entry(403, "Forbidden"),
                    Map.entry(404, "Not Found"),
                    Map.entry(405, "Method Not Allowed"),
                    Map.entry(412, "Precondition Failed"),
                    Map.entry(416, "Range Not Satisfiable"),
                    Map.entry(431, "Request Header Fields Too Large"),
                    Map.entry(500, "Internal Server Error"),
                    Map.entry(503, "Service Unavailable"));

    /// Looks on while the body goes out.
    interface Watch {
        /// For answers nobody wants to follow.
        Watch NONE = new Watch() {};

        /// So many bytes are out.
        default void progress(long done) {}

        /// The answer ended.
        ///
        /// @param trouble why not all of it went out, or null
        default void ended(long done, @Nullable String trouble) {}
    }

    /// A small answer.
    static HttpResponse of(int status, String type, byte[] body) {
        return new HttpResponse(status, new LinkedHashMap<>(), new HttpBody.Bytes(body), Watch.NONE)
                .with(CONTENT_TYPE, type);
    }

    /// A small text.
    static HttpResponse text(int status, String body) {
        return of(status, TEXT, body.getBytes(StandardCharsets.UTF_8));
    }

    /// An error as Go's `http.Error` writes it.
    static HttpResponse error(int status, String message) {
        return text(status, message + "\n").with("X-Content-Type-Options", "nosniff");
    }

    static HttpResponse notFound() {
        return error(404, "404 page not found");
    }

    /// Only a status.
    static HttpResponse empty(int status) {
        return new HttpResponse(
                status, new LinkedHashMap<>(), new HttpBody.Bytes(new byte[0]), Watch.NONE);
    }

    /// Only a status and a header.
    static HttpResponse bare(int status, String name, String value) {
        return empty(status).with(name, value);
    }

    HttpResponse with(String name, String value) {
        SequencedMap<String, String> more = new LinkedHashMap<>(headers);
        more.put(name, value);
        return new HttpResponse(status, more, body, watch);
    }

    HttpResponse watched(Watch other) {
        return new HttpResponse(status, headers, body, other);
    }
}
