package dev.ichor.netboot.tftp;

import java.nio.ByteBuffer;
import java.util.Arrays;
import java.util.Collections;
import java.util.HexFormat;
import java.util.LinkedHashMap;
import java.util.Optional;
import java.util.SequencedMap;

/// One TFTP packet (RFC 1350 section 5, options by RFC 2347).
public sealed interface TftpPacket {
    /// Reads a packet.
    ///
    /// @param bytes from its position to its limit; both stay as they are
    /// @return empty when it makes no sense
    static Optional<TftpPacket> parse(ByteBuffer bytes) {
        return Wording.read(bytes.slice());
    }

    /// As [#parse(ByteBuffer)], of all the bytes.
    static Optional<TftpPacket> parse(byte[] bytes) {
        return parse(ByteBuffer.wrap(bytes));
    }

    /// The packet's bytes.
    default byte[] encode() {
        return Wording.write(this);
    }

    /// Asks for a file.
    ///
    /// @param name as sent
    /// @param mode `octet` or `netascii`, lower case
    /// @param options in the order asked, names in lower case
    record ReadRequest(String name, String mode, SequencedMap<String, String> options)
            implements TftpPacket {
        /// Copies the map.
        public ReadRequest {
            options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
        }
    }

    /// Wants to send a file.
    ///
    /// @param name as sent
    /// @param mode `octet` or `netascii`, lower case
    /// @param options in the order asked, names in lower case
    record WriteRequest(String name, String mode, SequencedMap<String, String> options)
            implements TftpPacket {
        /// Copies the map.
        public WriteRequest {
            options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
        }
    }

    /// A block of the file.
    ///
    /// @param block its number, modulo 65536
    /// @param bytes shorter than the block size in the last one
    @SuppressWarnings("ArrayRecordComponent") // equals below
    record Data(int block, byte[] bytes) implements TftpPacket {
        @Override
        public boolean equals(Object other) {
            return other instanceof Data d && block == d.block && Arrays.equals(bytes, d.bytes);
        }

        @Override
        public int hashCode() {
            return 31 * block + Arrays.hashCode(bytes);
        }

        @Override
        public String toString() {
            return "Data[" + block + ", " + HexFormat.of().formatHex(bytes) + "]";
        }
    }

    /// All up to this block has arrived.
    ///
    /// @param block its number, modulo 65536; 0 answers an [Oack]
    record Ack(int block) implements TftpPacket {}

    /// The transfer is over.
    record TftpError(ErrorCode code, String message) implements TftpPacket {}

    /// The options that are agreed to (RFC 2347).
    ///
    /// @param options in the order asked
    record Oack(SequencedMap<String, String> options) implements TftpPacket {
        /// Copies the map.
        public Oack {
            options = Collections.unmodifiableSequencedMap(new LinkedHashMap<>(options));
        }
    }
}
