package dev.ichor.netboot.ignition;

import java.util.Locale;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Which sources Ignition takes.
final class Urls {
    private static final Pattern SCHEME = Pattern.compile("([A-Za-z][A-Za-z0-9+.-]*):(.*)");

    private static final Pattern CONTROL = Pattern.compile("[\\x00-\\x1f\\x7f]");

    /// A host, IPv6 in brackets, and a port of digits.
    private static final Pattern AUTHORITY =
            Pattern.compile(
                    "//([^/?#]*@)?(\\[[0-9a-fA-F:.%a-z]*\\]|[^/?#:\\[\\]<>\""
                            + " ]*)(:\\d*)?([/?#].*)?");

    private static final Pattern BROKEN_ESCAPE = Pattern.compile("%(?![0-9a-fA-F]{2})");

    private static final String TOKEN = "[!#$%&'*+.^_`{|}~0-9A-Za-z-]";

    /// `data:[TYPE/SUBTYPE][;NAME=VALUE]…[;base64],DATA` (RFC 2397).
    private static final Pattern DATA =
            Pattern.compile(
                    "data:((?:[xX]-T*|(?:text|image|audio|video|application|message|multipart)T*)/T*)?"
                                    .replace("T", TOKEN)
                            + "(?:;T+=(?:T+|\"(?:[^\"\\\\]|\\\\.)*\"))*(;base64)?,(.*)"
                                    .replace("T", TOKEN),
                    Pattern.DOTALL);

    private static final Pattern PLAIN = Pattern.compile("[!-~&&[^<>#\"{}|\\\\^\\[\\]`]]*");

    private static final Pattern BASE64 =
            Pattern.compile("(T{4})*+(T{2}==|T{3}=)?".replace("T", "[A-Za-z0-9+/]"));

    private static final Pattern ARN = Pattern.compile("arn:[^:]*:s3:[^:]*:[^:]*:(.*)");

    private Urls() {}

    /// The scheme in lower case, empty without one.
    ///
    /// @return nothing when it is no URL
    static Optional<String> scheme(String url) {
        Matcher m = SCHEME.matcher(url);
        if (CONTROL.matcher(url).find() || !m.matches()) {
            return CONTROL.matcher(url).find() || url.startsWith(":")
                    ? Optional.empty()
                    : Optional.of("");
        }
        String rest = m.group(2);
        boolean fits =
                rest.startsWith("//")
                        ? AUTHORITY.matcher(rest).matches() && !broken(rest)
                        : !rest.startsWith("/") || !broken(rest);
        return fits ? Optional.of(m.group(1).toLowerCase(Locale.ROOT)) : Optional.empty();
    }

    private static boolean broken(String rest) {
        String query = rest.replaceFirst("\\?[^#]*", "");
        return BROKEN_ESCAPE.matcher(query).find();
    }

    /// Whether something can be fetched from there, by specification 3.`minor`.
    static boolean source(String url, int minor) {
        return switch (scheme(url).orElse("")) {
            case "http", "https", "tftp" -> true;
            case "gs" -> minor >= 2;
            case "s3" -> !emptyVersion(url);
            case "arn" -> minor >= 4 && arn(url) && !emptyVersion(url);
            case "data" -> data(url);
            default -> false;
        };
    }

    private static boolean emptyVersion(String url) {
        return url.matches("[^?]*\\?([^#]*&)?versionId=?(&.*|#.*)?");
    }

    private static boolean arn(String url) {
        Matcher m = ARN.matcher(url.replaceFirst("[?#].*", ""));
        if (!m.matches()) {
            return false;
        }
        int parts = url.replaceFirst("[?#].*", "").split("/", -1).length;
        return parts >= (m.group(1).startsWith("accesspoint/") ? 3 : 2);
    }

    private static boolean data(String url) {
        Matcher m = DATA.matcher(url);
        if (!m.matches()) {
            return false;
        }
        String data = m.group(3);
        if (m.group(2) == null) {
            return PLAIN.matcher(data).matches() && !BROKEN_ESCAPE.matcher(data).find();
        }
        return BASE64.matcher(data.replace("\n", "")).matches();
    }
}
