package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;

import java.nio.charset.StandardCharsets;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.regex.Pattern;

/// The head of one HTTP request (RFC 9112 section 3).
///
/// @param method as sent
/// @param target as sent, begins with a slash
/// @param minor 0 or 1, of HTTP/1.x
/// @param headers first value of each, names in lower case
/// @param peer who asks
record HttpRequest(String method, String target, int minor, Map<String, String> headers, Ip4 peer) {
    private static final Pattern METHOD = Pattern.compile("[A-Z]{1,20}");
    private static final List<String> VERSIONS = List.of("HTTP/1.0", "HTTP/1.1");

    /// Reads the lines up to the empty one.
    ///
    /// @return empty when it is no HTTP/1.x request
    static Optional<HttpRequest> parse(byte[] head, int length, Ip4 peer) {
        String[] lines = new String(head, 0, length, StandardCharsets.ISO_8859_1).split("\r\n");
        String[] first = lines.length == 0 ? lines : lines[0].split(" ", -1);
        if (first.length != 3
                || !METHOD.matcher(first[0]).matches()
                || !first[1].startsWith("/")
                || !VERSIONS.contains(first[2])) {
            return Optional.empty();
        }
        Map<String, String> headers = new LinkedHashMap<>();
        for (int i = 1; i < lines.length; i++) {
            int colon = lines[i].indexOf(':');
            if (colon <= 0 || !isToken(lines[i].substring(0, colon))) {
                return Optional.empty();
            }
            String name = lines[i].substring(0, colon).toLowerCase(Locale.ROOT);
            String value = lines[i].substring(colon + 1).strip();
            String before = headers.putIfAbsent(name, value);
            // Two lengths are an attempt to have the body taken for a request.
            if (before != null && !before.equals(value) && name.equals("content-length")) {
                return Optional.empty();
            }
        }
        int minor = VERSIONS.indexOf(first[2]);
        return Optional.of(new HttpRequest(first[0], first[1], minor, headers, peer));
    }

    private static boolean isToken(String name) {
        return name.chars()
                .allMatch(c -> c > ' ' && c < 0x7f && "()<>@,;\\\"/[]?={}".indexOf(c) < 0);
    }

    String header(String name) {
        return headers.getOrDefault(name, "");
    }

    /// The target up to the question mark, as sent.
    String rawPath() {
        int q = target.indexOf('?');
        return q < 0 ? target : target.substring(0, q);
    }

    /// What follows the question mark, as sent, or empty.
    String rawQuery() {
        int q = target.indexOf('?');
        return q < 0 ? "" : target.substring(q + 1);
    }

    /// The same with another query.
    HttpRequest asking(String query) {
        return new HttpRequest(method, rawPath() + "?" + query, minor, headers, peer);
    }

    boolean head() {
        return method.equals("HEAD");
    }

    /// Whether the connection stays open afterwards (RFC 9112 section 9.3).
    boolean keepAlive() {
        String wish = header("connection").toLowerCase(Locale.ROOT);
        return minor == 1 ? !wish.contains("close") : wish.contains("keep-alive");
    }
}
