package dev.ichor.host;

import java.nio.ByteBuffer;
import java.time.Instant;
import java.util.Optional;

/// The time of a server, to the second (SNTP version 4, RFC 4330).
final class Sntp {
    static final int PORT = 123;

    /// A packet without authenticator (section 4).
    static final int SIZE = 48;

    /// Version 4, mode 3: a client's question.
    private static final byte QUESTION = 4 << 3 | 3;

    private static final int MODE = 7;
    private static final int SERVER = 4;
    private static final int STRATUM = 1;
    private static final int ORIGINATE = 24;
    private static final int TRANSMIT = 40;

    /// Seconds from 1900 to 1970.
    private static final long EPOCH = 2_208_988_800L;

    private Sntp() {}

    /// The server gives the transmit time back, so an answer is known by it.
    static byte[] question(Instant now) {
        return ByteBuffer.allocate(SIZE).put(0, QUESTION).putLong(TRANSMIT, stamp(now)).array();
    }

    /// The server's time; empty when this answers another question, or the server has no time
    /// itself (stratum 0).
    static Optional<Instant> time(ByteBuffer answer, Instant asked) {
        boolean good =
                answer.limit() >= SIZE
                        && (answer.get(0) & MODE) == SERVER
                        && answer.get(STRATUM) != 0
                        && answer.getLong(ORIGINATE) == stamp(asked);
        return good
                ? Optional.of(Instant.ofEpochSecond(seconds(answer.getInt(TRANSMIT)) - EPOCH))
                : Optional.empty();
    }

    /// The count began again in 2036 where its highest bit is off (section 3).
    private static long seconds(int count) {
        return count < 0 ? Integer.toUnsignedLong(count) : count + (1L << 32);
    }

    private static long stamp(Instant at) {
        return (at.getEpochSecond() + EPOCH) << 32 | ((long) at.getNano() << 32) / 1_000_000_000L;
    }
}
