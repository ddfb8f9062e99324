package dev.ichor.netboot;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.time.Instant;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.Comparator;
import java.util.Deque;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Optional;
import java.util.SortedSet;
import java.util.TreeSet;

/// Serves `assets/` as Go's file server does: files with ranges, folders as lists, redirects.
record Assets(BootTree tree) {
    static final String PREFIX = "/assets/";

    private static final String FOLDER = "assets";
    private static final String INDEX = "index.html";

    private static final String LAST_MODIFIED = "Last-Modified";
    private static final String CONTENT_RANGE = "Content-Range";
    private static final String MULTIPART = "multipart/byteranges; boundary=";

    /// Between the parts of an answer to several ranges (RFC 2046 section 5.1.1); as long as Go's.
    private static final String BOUNDARY =
            "6963686f722d6e6f742d696e2d616e792d66696c652d3031323334353637";

    /// The file of a path below `assets/`; `assets/` in front may be there or not.
    ///
    /// @throws IOException when it is there and cannot be read
    static Optional<Content> find(BootTree tree, String path) throws IOException {
        Optional<String> clean = clean(path);
        if (clean.isEmpty()) {
            return Optional.empty();
        }
        String below =
                clean.get().startsWith(FOLDER + "/")
                        ? clean.get().substring(FOLDER.length() + 1)
                        : clean.get();
        return tree.get(FOLDER + "/" + below);
    }

    /// Without empty parts, `.` and `..`, which never lead above the root.
    ///
    /// @return empty for what no file of ours is called
    static Optional<String> clean(String path) {
        if (path.indexOf('\0') >= 0 || path.indexOf('\\') >= 0) {
            return Optional.empty();
        }
        Deque<String> parts = new ArrayDeque<>();
        for (String part : path.split("/")) {
            if (part.equals("..")) {
                parts.pollLast();
            } else if (!part.isEmpty() && !part.equals(".")) {
                parts.add(part);
            }
        }
        return Optional.of(String.join("/", parts));
    }

    /// @param path decoded, begins with [#PREFIX]
    HttpResponse answer(HttpRequest request, String path) throws IOException {
        Optional<String> clean = clean(path.substring(PREFIX.length()));
        if (clean.isEmpty()) {
            return HttpResponse.notFound();
        }
        String name = clean.get();
        String last = name.substring(name.lastIndexOf('/') + 1);
        if (path.endsWith("/" + INDEX)) {
            return moved(request, "./");
        }
        Optional<Content> file = name.isEmpty() ? Optional.empty() : tree.get(FOLDER + "/" + name);
        if (file.isPresent()) {
            return path.endsWith("/")
                    ? moved(request, "../" + last)
                    : serve(request, last, file.get());
        }
        String folder = name.isEmpty() ? FOLDER : FOLDER + "/" + name;
        SortedSet<String> inside = tree.list(folder);
        if (inside.isEmpty() && !name.isEmpty()) {
            return HttpResponse.notFound();
        }
        return path.endsWith("/") ? folder(request, folder, inside) : moved(request, last + "/");
    }

    private static HttpResponse moved(HttpRequest request, String to) {
        String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
        return HttpResponse.bare(301, "Location", to + query);
    }

    private HttpResponse folder(HttpRequest request, String folder, SortedSet<String> inside)
            throws IOException {
        Optional<Content> index = tree.get(folder + "/" + INDEX);
        if (index.isPresent()) {
            return serve(request, INDEX, index.get());
        }
        Instant newest = Instant.EPOCH;
        for (String path : inside) {
            if (tree.get(path).orElse(null) instanceof Content.File f
                    && f.modified().isAfter(newest)) {
                newest = f.modified();
            }
        }
        Conditions conditions = new Conditions(request, newest);
        if (conditions.unchanged()) {
            return HttpResponse.empty(304);
        }
        HttpResponse list =
                HttpResponse.of(
                        200,
                        "text/html; charset=utf-8",
                        list(folder, inside).getBytes(StandardCharsets.UTF_8));
        return conditions.dated() ? list.with(LAST_MODIFIED, conditions.date()) : list;
    }

    private static String list(String folder, SortedSet<String> inside) {
        SortedSet<String> names =
                new TreeSet<>(Comparator.comparing((String n) -> n.replaceFirst("/$", "")));
        for (String path : inside) {
            String below = path.substring(folder.length() + 1);
            int slash = below.indexOf('/');
            names.add(slash < 0 ? below : below.substring(0, slash + 1));
        }
        StringBuilder out = new StringBuilder("<!doctype html>\n");
        out.append("<meta name=\"viewport\" content=\"width=device-width\">\n<pre>\n");
        for (String n : names) {
            String href = Percent.encode(n);
            out.append("<a href=\"").append(href).append("\">");
            out.append(Html.escape(n)).append("</a>\n");
        }
        return out.append("</pre>\n").toString();
    }

    private static HttpResponse serve(HttpRequest request, String name, Content content)
            throws IOException {
        Optional<String> refusal = Secrets.refusal(content);
        return refusal.isPresent()
                ? HttpResponse.error(403, refusal.get())
                : content(request, name, content);
    }

    /// A content with ranges and conditions, as Go's `http.ServeContent` does.
    static HttpResponse content(HttpRequest request, String name, Content content)
            throws IOException {
        Instant modified = content instanceof Content.File f ? f.modified() : Instant.EPOCH;
        Conditions conditions = new Conditions(request, modified);
        Optional<Integer> instead = conditions.instead();
        HttpResponse answer =
                instead.isPresent()
                        ? HttpResponse.empty(instead.get())
                        : parts(conditions.range(), name, content);
        return conditions.dated() && answer.status() != 416
                ? answer.with(LAST_MODIFIED, conditions.date())
                : answer;
    }

    private static HttpResponse parts(String range, String name, Content content)
            throws IOException {
        String type = ContentType.of(name, start(content));
        return switch (Ranges.of(range, content.size())) {
            case Ranges.Wish.All _ ->
                    body(200, type, part(content, new Ranges.Part(0, content.size())));
            case Ranges.Wish.Parts(List<Ranges.Part> parts) when parts.size() == 1 ->
                    body(206, type, part(content, parts.getFirst()))
                            .with(CONTENT_RANGE, parts.getFirst().of(content.size()));
            case Ranges.Wish.Parts(List<Ranges.Part> parts) ->
                    body(206, MULTIPART + BOUNDARY, joined(content, type, parts));
            case Ranges.Wish.Outside _ ->
                    HttpResponse.error(416, "invalid range: failed to overlap")
                            .with(CONTENT_RANGE, "bytes */" + content.size());
            case Ranges.Wish.Unreadable _ -> HttpResponse.error(416, "invalid range");
        };
    }

    private static byte[] start(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readNBytes(ContentType.SNIFFED);
        }
    }

    private static HttpResponse body(int status, String type, HttpBody body) {
        return new HttpResponse(status, new LinkedHashMap<>(), body, HttpResponse.Watch.NONE)
                .with("Accept-Ranges", "bytes")
                .with(HttpResponse.CONTENT_TYPE, type);
    }

    private static HttpBody part(Content content, Ranges.Part p) {
        return switch (content) {
            case Content.File f -> new HttpBody.Region(f, p.from(), p.length());
            case Content.Text t -> {
                int from = (int) p.from();
                int to = (int) (p.from() + p.length());
                yield new HttpBody.Bytes(Arrays.copyOfRange(t.bytes(), from, to));
            }
        };
    }

    private static HttpBody joined(Content content, String type, List<Ranges.Part> parts) {
        List<HttpBody> all = new ArrayList<>();
        String before = "";
        for (Ranges.Part p : parts) {
            String range = p.of(content.size());
            all.add(
                    text(
                            before
                                    + "--"
                                    + BOUNDARY
                                    + "\r\nContent-Range: "
                                    + range
                                    + "\r\nContent-Type: "
                                    + type
                                    + "\r\n\r\n"));
            all.add(part(content, p));
            before = "\r\n";
        }
        all.add(text("\r\n--" + BOUNDARY + "--\r\n"));
        return new HttpBody.Joined(all);
    }

    private static HttpBody text(String text) {
        return new HttpBody.Bytes(text.getBytes(StandardCharsets.US_ASCII));
    }
}
