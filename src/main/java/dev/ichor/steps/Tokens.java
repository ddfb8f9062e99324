package dev.ichor.steps;

import java.security.SecureRandom;
import java.util.HexFormat;

/// Words nobody can guess.
final class Tokens {
    private static final int BYTES = 16;

    private Tokens() {}

    static String of(SecureRandom random) {
        byte[] bits = new byte[BYTES];
        random.nextBytes(bits);
        return HexFormat.of().formatHex(bits);
    }
}
