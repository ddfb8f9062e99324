package dev.ichor.netboot;

import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Locale;
import java.util.Map;

/// The type of a file by its ending, else by its first bytes, as Go's `net/http` decides.
final class ContentType {
    /// As many bytes decide.
    static final int SNIFFED = 512;

    private static final String HTML = "text/html; charset=utf-8";

    private static final Map<String, String> ENDINGS =
            Map.ofEntries(
                    Map.entry("css", "text/css; charset=utf-8"),
                    Map.entry("gif", "image/gif"),
                    Map.entry("htm", HTML),
                    Map.entry("html", HTML),
                    Map.entry("jpeg", "image/jpeg"),
                    Map.entry("jpg", "image/jpeg"),
                    Map.entry("js", "text/javascript; charset=utf-8"),
                    Map.entry("json", "application/json"),
                    Map.entry("pdf", "application/pdf"),
                    Map.entry("png", "image/png"),
                    Map.entry("svg", "image/svg+xml"),
                    Map.entry("wasm", "application/wasm"),
                    Map.entry("webp", "image/webp"),
                    Map.entry("xml", "text/xml; charset=utf-8"),
                    // From here on what a Debian's table says.
                    Map.entry("bin", "application/octet-stream"),
                    Map.entry("gz", "application/gzip"),
                    Map.entry("iso", "application/x-iso9660-image"),
                    Map.entry("sh", "application/x-sh"),
                    Map.entry("tar", "application/x-tar"),
                    Map.entry("txt", "text/plain; charset=utf-8"),
                    Map.entry("xz", "application/x-xz"),
                    Map.entry("yaml", "application/x-yaml"),
                    Map.entry("yml", "application/x-yaml"));

    private static final List<String> HTML_STARTS =
            List.of(
                    "<!DOCTYPE HTML",
                    "<HTML",
                    "<HEAD",
                    "<SCRIPT",
                    "<IFRAME",
                    "<H1",
                    "<DIV",
                    "<FONT",
                    "<TABLE",
                    "<A",
                    "<STYLE",
                    "<TITLE",
                    "<B",
                    "<BODY",
                    "<BR",
                    "<P",
                    "<!--");

    private static final Map<String, String> STARTS =
            Map.of(
                    "%PDF-", "application/pdf",
                    "%!PS-Adobe-", "application/postscript",
                    "\u0089PNG\r\n\u001a\n", "image/png",
                    "GIF87a", "image/gif",
                    "GIF89a", "image/gif",
                    "\u00ff\u00d8\u00ff", "image/jpeg",
                    "PK\u0003\u0004", "application/zip",
                    "\u001f\u008b\b", "application/x-gzip");

    private ContentType() {}

    /// @param start the first bytes, at most [#SNIFFED]
    static String of(String name, byte[] start) {
        String file = name.substring(name.lastIndexOf('/') + 1);
        String ending = file.substring(file.lastIndexOf('.') + 1).toLowerCase(Locale.ROOT);
        String known = file.indexOf('.') < 0 ? null : ENDINGS.get(ending);
        return known != null ? known : sniff(start);
    }

    /// WHATWG MIME sniffing as far as Go does it and files here need it.
    static String sniff(byte[] start) {
        String s = new String(start, StandardCharsets.ISO_8859_1);
        if (s.startsWith("\u00fe\u00ff")) {
            return "text/plain; charset=utf-16be";
        }
        if (s.startsWith("\u00ff\u00fe")) {
            return "text/plain; charset=utf-16le";
        }
        if (s.startsWith("\u00ef\u00bb\u00bf")) {
            return HttpResponse.TEXT;
        }
        String text = s.replaceFirst("^[\t\n\f\r ]+", "");
        if (HTML_STARTS.stream().anyMatch(tag -> isTag(text, tag))) {
            return HTML;
        }
        if (text.startsWith("<?xml")) {
            return "text/xml; charset=utf-8";
        }
        return STARTS.entrySet().stream()
                .filter(e -> s.startsWith(e.getKey()))
                .map(Map.Entry::getValue)
                .findFirst()
                .orElse(binary(s) ? "application/octet-stream" : HttpResponse.TEXT);
    }

    private static boolean isTag(String text, String tag) {
        boolean same = text.regionMatches(true, 0, tag, 0, tag.length());
        return same && text.length() > tag.length() && " >".indexOf(text.charAt(tag.length())) >= 0;
    }

    private static boolean binary(String s) {
        return s.chars()
                .anyMatch(
                        c -> c <= 8 || c == 0x0b || c >= 0x0e && c <= 0x1a || c >= 0x1c && c < ' ');
    }
}
