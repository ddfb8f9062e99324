package dev.ichor.talos;

import java.nio.charset.StandardCharsets;
import java.util.Base64;

/// PEM text (RFC 7468) as Go writes it: 64 columns, one newline at the end of each line.
final class Pem {
    private static final Base64.Encoder LINES =
            Base64.getMimeEncoder(64, "\n".getBytes(StandardCharsets.US_ASCII));

    private Pem() {}

    static String encode(String label, byte[] der) {
        return "-----BEGIN %s-----\n%s\n-----END %s-----\n"
                .formatted(label, LINES.encodeToString(der), label);
    }

    /// The bytes of the first block with this label's ending.
    ///
    /// @throws IllegalArgumentException when there is none
    static byte[] decode(String pem, String labelEnd) {
        int begin = pem.indexOf(labelEnd + "-----");
        int end = pem.indexOf("-----END ", Math.max(begin, 0));
        if (begin < 0 || end < 0) {
            throw new IllegalArgumentException("no PEM block of kind " + labelEnd);
        }
        String body = pem.substring(begin + labelEnd.length() + 5, end);
        return Base64.getMimeDecoder().decode(body);
    }

    /// The form in which secrets.yaml and the machine configs carry PEM text.
    static String base64(String pem) {
        return Base64.getEncoder().encodeToString(pem.getBytes(StandardCharsets.ISO_8859_1));
    }

    /// The other way round; one byte one character, so that nothing is lost.
    ///
    /// @throws IllegalArgumentException when it is not Base64
    static String text(String base64) {
        return new String(Base64.getDecoder().decode(base64), StandardCharsets.ISO_8859_1);
    }
}
