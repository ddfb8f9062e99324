package dev.ichor.cluster;

import java.nio.charset.StandardCharsets;
import java.security.MessageDigest;
import java.security.NoSuchAlgorithmException;
import java.util.HexFormat;
import java.util.List;
import java.util.regex.Pattern;

/// What the Image Factory builds into Talos.
///
/// @param extensions official system extensions such as `siderolabs/realtek-firmware`; the order
///   does not matter and is always the same
/// @param kernelArgs more arguments for the installed system, in this order
public record Schematic(List<String> extensions, List<String> kernelArgs) {
    /// Talos as it is released.
    public static final Schematic PLAIN = new Schematic(List.of(), List.of());

    private static final Pattern EXTENSION =
            Pattern.compile("[a-z0-9][a-z0-9._-]*/[a-z0-9][a-z0-9._-]*");

    /// Printable ASCII without blanks: what the kernel's command line can hold as one argument.
    private static final Pattern ARGUMENT = Pattern.compile("-?[\\x21-\\x7e]+");

    /// First characters that a plain scalar may not have, and an ending it may not have (YAML 1.2
    /// section 7.3.3).
    private static final Pattern NOT_PLAIN =
            Pattern.compile("[#,\\[\\]{}&*!|>'\"%@`].*|.*:|-|\\?|(---|\\.\\.\\.).*");

    /// What a YAML reader would take for something else than text (yaml.v3, `resolve`).
    private static final Pattern NOT_TEXT =
            Pattern.compile(
                    "(?i)y|n|yes|no|on|off|true|false|null|~|[-+]?\\.inf|\\.nan"
                            + "|[-+]?0(x[0-9a-f_]+|o[0-7_]+|b[01_]+)|[-+]?[0-9][0-9_]*"
                            + "|[-+]?(\\.[0-9]+|[0-9]+(\\.[0-9]*)?)(e[-+]?[0-9]+)?"
                            + "|[-+]?[0-9][0-9_]*(:[0-5]?[0-9])+(\\.[0-9_]*)?"
                            + "|\\d{4}-\\d{1,2}-\\d{1,2}");

    /// Sorts and copies.
    ///
    /// @throws IllegalArgumentException when a name or an argument cannot be one
    public Schematic {
        extensions = extensions.stream().distinct().sorted().toList();
        kernelArgs = List.copyOf(kernelArgs);
        if (!extensions.stream().allMatch(e -> EXTENSION.matcher(e).matches())) {
            throw new IllegalArgumentException("not an extension among " + extensions);
        }
        if (!kernelArgs.stream().allMatch(a -> ARGUMENT.matcher(a).matches())) {
            throw new IllegalArgumentException("not a kernel argument among " + kernelArgs);
        }
    }

    /// The canonical form the Factory computes its ID from (image-factory, `schematic.Marshal`:
    /// Go's yaml.v3, fields in the order of its struct, empty ones left out).
    public String yaml() {
        if (extensions.isEmpty() && kernelArgs.isEmpty()) {
            return "customization: {}\n";
        }
        StringBuilder out = new StringBuilder("customization:\n");
        if (!kernelArgs.isEmpty()) {
            out.append("    extraKernelArgs:\n");
            kernelArgs.forEach(a -> out.append("        - ").append(scalar(a)).append('\n'));
        }
        if (!extensions.isEmpty()) {
            out.append("    systemExtensions:\n        officialExtensions:\n");
            extensions.forEach(e -> out.append("            - ").append(scalar(e)).append('\n'));
        }
        return out.toString();
    }

    /// The Factory's ID: SHA-256 of the canonical form, 64 hex digits.
    public String id() {
        try {
            byte[] text = yaml().getBytes(StandardCharsets.UTF_8);
            return HexFormat.of().formatHex(MessageDigest.getInstance("SHA-256").digest(text));
        } catch (NoSuchAlgorithmException e) {
            throw new AssertionError("every Java platform has SHA-256", e);
        }
    }

    private static String scalar(String text) {
        if (NOT_TEXT.matcher(text).matches()) {
            return '"' + text + '"';
        }
        return NOT_PLAIN.matcher(text).matches() ? "'" + text.replace("'", "''") + "'" : text;
    }
}
