package dev.ichor.netboot;

import dev.ichor.Gen;

import java.util.List;
import java.util.stream.Collectors;

/// Requests of somebody who looks for what is not meant for him.
final class Attacks {
    static final String NODE = "4c:52:62:08:a3:ce";
    static final String OWN = "02:00:00:00:00:66";

    private static final String[] NAMES = {
        "assets",
        "private",
        "configs",
        "boot",
        "groups",
        "profiles",
        "generic",
        "cloud",
        "ignition",
        "logs",
        "secrets.yaml",
        "talosconfig",
        "kubeconfig",
        "cp-1.yaml",
        "group.json",
        "key.pem",
        "id_ed25519",
        "admin.txt",
        "big.txt",
        "packed.yaml",
        "vmlinuz",
        "sub",
        "deep.pem",
        "tofile",
        "todir",
        "toroot",
        "tooutside",
        "outside",
        "cluster.json",
        ".gitignore",
        "stolen",
        "stolen.json",
        "metadata",
        "ipxe",
        "loaders",
        "index.html",
        "own",
        "etc"
    };

    /// Where the secrets are, and ways that lead there if nothing stops them.
    private static final String[] PATHS = {
        "/assets/key.pem",
        "/assets/sub/deep.pem",
        "/assets/id_ed25519",
        "/assets/admin.txt",
        "/assets/big.txt",
        "/assets/packed.yaml",
        "/assets/tofile",
        "/assets/todir/secrets.yaml",
        "/assets/todir/configs/cp-1.yaml",
        "/assets/toroot/private/talosconfig",
        "/assets/tooutside/outside/kubeconfig",
        "/assets/../../private/secrets.yaml",
        "/assets/private/kubeconfig",
        "/private/secrets.yaml",
        "/private/configs/cp-1.yaml",
        "/groups/stolen.json",
        "/profiles/../private/talosconfig",
        "/generic/stolen",
        "/assets/vmlinuz"
    };

    private static final String[] ROUTES = {
        "/ipxe",
        "/generic",
        "/metadata",
        "/cloud",
        "/ignition",
        "/grub",
        "/boot.ipxe",
        "/",
        "/assets/",
        "/loaders/",
        "/events",
        "/metrics"
    };

    private static final String[] QUERIES = {
        "mac=" + NODE,
        "mac=" + OWN,
        "MAC=" + NODE,
        "mac=" + NODE + "&mac=" + OWN,
        "mac=" + OWN + "&mac=" + NODE,
        "mac%00=" + NODE,
        "mac=4c-52-62-08-a3-ce&uuid=u",
        "steal=1",
        "steal=1&mac=" + OWN,
        "read=1",
        "cloud=1",
        "token=token-0",
        "token=guess&mac=" + NODE,
        "profile=..%2f..%2fprivate",
        "file=../../private/secrets.yaml",
        ""
    };

    private static final String[] METHODS = {
        "GET",
        "GET",
        "GET",
        "GET",
        "GET",
        "HEAD",
        "POST",
        "PUT",
        "DELETE",
        "OPTIONS",
        "TRACE",
        "PATCH",
        "CONNECT",
        "PROPFIND",
        "MOVE",
        "get",
        "G",
        "GET\t"
    };

    private static final String[] HOSTS = {
        "127.0.0.1",
        "localhost",
        "boot.test",
        "../../private",
        "x/../../private",
        "[::1]:8080",
        "private",
        "file:///",
        "a b",
        "%2e%2e",
        "",
        "127.0.0.1:99999",
        "\u00e4"
    };

    private static final String[] HEADERS = {
        "Range: bytes=0-99",
        "Range: bytes=-40",
        "Range: bytes=30-90,100-180",
        "Range: bytes=4-",
        "If-Modified-Since: Thu, 01 Jan 1970 00:00:01 GMT",
        "If-None-Match: \"x\"",
        "X-Original-URL: /private/secrets.yaml",
        "X-Rewrite-URL: /assets/../../private/secrets.yaml",
        "X-Forwarded-For: 10.0.0.9",
        "X-Real-IP: 10.0.0.9",
        "Forwarded: for=10.0.0.9",
        "X-Forwarded-Prefix: /private",
        "X-HTTP-Method-Override: GET",
        "Authorization: Bearer token",
        "Transfer-Encoding: identity",
        "Content-Length: 0",
        "Expect: 100-continue",
        "Upgrade: h2c",
        "Destination: /assets/x",
        "Accept-Encoding: gzip"
    };

    private static final String[] ENDINGS = {
        "%00", "%00.txt", "/", "/.", ".", "%20", "~", ";x", "::$DATA", "#x"
    };

    private Attacks() {}

    /// A whole request, ends with the empty line.
    static String request(Gen gen, String root) {
        String more =
                gen.list(2, g -> g.of(HEADERS) + "\r\n").stream().collect(Collectors.joining());
        return "%s %s %s\r\nHost: %s\r\n%s\r\n"
                .formatted(
                        gen.of(METHODS),
                        target(gen, root),
                        gen.oneIn(200)
                                ? gen.of("HTTP/0.9", "HTTP/2.0", "http/1.1", "")
                                : "HTTP/1.1",
                        gen.of(HOSTS),
                        more);
    }

    private static String target(Gen gen, String root) {
        String target = gen.oneIn(4) ? route(gen) : file(gen, root);
        // A target of another form (RFC 9112 section 3.2) is none of ours.
        return gen.oneIn(100) ? gen.of("http://x", "*", "x") + target : target;
    }

    private static String route(Gen gen) {
        String route = gen.of(ROUTES);
        return (gen.oneIn(4) ? encoded(gen, route) : route) + "?" + gen.of(QUERIES);
    }

    private static String file(Gen gen, String root) {
        String path =
                switch (gen.between(0, 9)) {
                    case 0, 1, 2, 3 -> gen.of(PATHS);
                    case 4 ->
                            gen.of("", "/", "//", "/assets/", "/assets//", "file://")
                                    + root
                                    + gen.of("/private/secrets.yaml", "/boot/assets/key.pem", "");
                    default -> name(gen);
                };
        String odd = gen.oneIn(4) ? gen.of(ENDINGS) : "";
        String query = gen.oneIn(8) ? "?" + gen.of(QUERIES) : "";
        return encoded(gen, path) + odd + query;
    }

    /// A path of names and climbing parts, as it may also be asked for by TFTP.
    static String name(Gen gen) {
        List<String> parts =
                gen.list(
                        9,
                        g ->
                                g.oneIn(2)
                                        ? g.of(NAMES)
                                        : g.of(
                                                "..",
                                                ".",
                                                "",
                                                "...",
                                                "..;",
                                                "....",
                                                ".. ",
                                                "\u00b7\u00b7"));
        String between = gen.of("/", "/", "/", "//", "\\", "/./", "%2f", "%5c");
        return gen.of("/", "/", "/assets/", "/assets/", "\\") + String.join(between, parts);
    }

    /// With some of it escaped, in the right and in many wrong ways.
    private static String encoded(Gen gen, String path) {
        int how = gen.between(0, 9);
        int often = gen.of(1, 2, 8);
        String all =
                how < 4
                        ? path
                        : path.chars()
                                .mapToObj(c ->
                                        gen.oneIn(often) ? escape(how, (char) c) : "" + (char) c)
                                .collect(Collectors.joining());
        return (gen.oneIn(50) ? "" : "/") + all.replaceFirst("^(/|%2[fF])", "").replace(" ", "%20");
    }

    private static String escape(int how, char c) {
        return switch (how) {
            case 4, 5 -> "%%%02x".formatted((int) c);
            case 6 -> "%%25%02X".formatted((int) c);
            // Overlong UTF-8 of two and three bytes (RFC 3629 section 10).
            case 7 -> "%%%02x%%%02x".formatted(0xc0 | c >> 6, 0x80 | c & 0x3f);
            case 8 -> "%%e0%%%02x%%%02x".formatted(0x80 | c >> 6, 0x80 | c & 0x3f);
            default -> "%%u%04x".formatted((int) c);
        };
    }
}
