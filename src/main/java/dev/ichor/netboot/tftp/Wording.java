package dev.ichor.netboot.tftp;

import dev.ichor.netboot.tftp.TftpPacket.Ack;
import dev.ichor.netboot.tftp.TftpPacket.Data;
import dev.ichor.netboot.tftp.TftpPacket.Oack;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;
import dev.ichor.netboot.tftp.TftpPacket.WriteRequest;

import java.io.ByteArrayOutputStream;
import java.nio.ByteBuffer;
import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.SequencedMap;

/// Bytes to [TftpPacket] and back.
final class Wording {
    // Opcodes, RFC 1350 section 5 and RFC 2347.
    private static final int RRQ = 1;
    private static final int WRQ = 2;
    private static final int DATA = 3;
    private static final int ACK = 4;
    private static final int ERROR = 5;
    private static final int OACK = 6;

    private static final int HEAD = 4;

    private Wording() {}

    static Optional<TftpPacket> read(ByteBuffer in) {
        if (in.remaining() < HEAD) {
            return Optional.empty();
        }
        int opcode = in.getShort() & 0xffff;
        return switch (opcode) {
            case RRQ -> request(in).map(r -> r);
            case WRQ -> request(in).map(r -> new WriteRequest(r.name(), r.mode(), r.options()));
            case DATA -> Optional.of(new Data(in.getShort() & 0xffff, rest(in)));
            case ACK -> Optional.of(new Ack(in.getShort() & 0xffff));
            case ERROR -> Optional.of(error(in));
            case OACK -> Optional.of(new Oack(pairs(texts(in), 0)));
            default -> Optional.empty();
        };
    }

    private static Optional<ReadRequest> request(ByteBuffer in) {
        List<String> t = texts(in);
        return t.size() < 2 || t.get(0).isEmpty()
                ? Optional.empty()
                : Optional.of(
                        new ReadRequest(t.get(0), t.get(1).toLowerCase(Locale.ROOT), pairs(t, 2)));
    }

    private static TftpError error(ByteBuffer in) {
        int code = in.getShort() & 0xffff;
        List<String> t = texts(in);
        return new TftpError(ErrorCode.of(code), t.isEmpty() ? "" : t.getFirst());
    }

    /// The NUL-ended texts; what is not ended does not count.
    private static List<String> texts(ByteBuffer in) {
        List<String> all = new ArrayList<>();
        byte[] b = rest(in);
        int from = 0;
        for (int i = 0; i < b.length; i++) {
            if (b[i] == 0) {
                all.add(new String(b, from, i - from, StandardCharsets.ISO_8859_1));
                from = i + 1;
            }
        }
        return all;
    }

    /// Stops at an empty name: some ROMs fill the packet up with zeros.
    private static SequencedMap<String, String> pairs(List<String> texts, int from) {
        SequencedMap<String, String> all = new LinkedHashMap<>();
        for (int i = from; i + 1 < texts.size() && !texts.get(i).isEmpty(); i += 2) {
            all.putIfAbsent(texts.get(i).toLowerCase(Locale.ROOT), texts.get(i + 1));
        }
        return all;
    }

    private static byte[] rest(ByteBuffer in) {
        byte[] b = new byte[in.remaining()];
        in.get(b);
        return b;
    }

    static byte[] write(TftpPacket packet) {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        switch (packet) {
            case ReadRequest(String name, String mode, var options) ->
                    texts(number(out, RRQ), List.of(name, mode), options);
            case WriteRequest(String name, String mode, var options) ->
                    texts(number(out, WRQ), List.of(name, mode), options);
            case Data(int block, byte[] bytes) ->
                    number(number(out, DATA), block).writeBytes(bytes);
            case Ack(int block) -> number(number(out, ACK), block);
            case TftpError(ErrorCode code, String message) ->
                    texts(number(number(out, ERROR), code.ordinal()), List.of(message), Map.of());
            case Oack(var options) -> texts(number(out, OACK), List.of(), options);
        }
        return out.toByteArray();
    }

    private static ByteArrayOutputStream number(ByteArrayOutputStream out, int value) {
        out.write(value >> 8);
        out.write(value);
        return out;
    }

    private static void texts(
            ByteArrayOutputStream out, List<String> texts, Map<String, String> pairs) {
        List<String> all = new ArrayList<>(texts);
        pairs.forEach((k, v) -> {
            all.add(k);
            all.add(v);
        });
        for (String t : all) {
            out.writeBytes(t.getBytes(StandardCharsets.ISO_8859_1));
            out.write(0);
        }
    }
}
