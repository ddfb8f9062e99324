package dev.ichor.netboot;

import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;

import java.time.Duration;
import java.util.LinkedHashMap;
import java.util.OptionalInt;
import java.util.SequencedMap;

/// What is agreed with a client: only what it asked for (RFC 2347).
///
/// @param block block size in bytes (RFC 2348)
/// @param window blocks in flight (RFC 7440)
/// @param timeout longest wait (RFC 2349)
/// @param agreed as the OACK says it; empty for a client without options
record TftpOptions(int block, int window, Duration timeout, SequencedMap<String, String> agreed) {
    /// The largest window firmware gets; some loses packets when more come at once.
    static final int FIRMWARE_WINDOW = 16;

    /// The largest window others get.
    static final int MAX_WINDOW = 64;

    private static final int DEFAULT_BLOCK = 512;
    private static final int MIN_BLOCK = 8;

    /// What fits an Ethernet frame of 1500 bytes; some ROMs break with more.
    private static final int MAX_BLOCK = 1468;

    private static final int MAX_TIMEOUT = 255;
    private static final int MAX_NUMBER = 65535;

    /// @param size of the file as it is sent
    /// @param maxWindow [#FIRMWARE_WINDOW] or [#MAX_WINDOW]
    static TftpOptions of(ReadRequest r, long size, int maxWindow) {
        SequencedMap<String, String> agreed = new LinkedHashMap<>();
        int block = DEFAULT_BLOCK;
        int window = 1;
        Duration timeout = Duration.ofSeconds(1);
        for (var option : r.options().entrySet()) {
            OptionalInt n = number(option.getValue());
            if (n.isEmpty()) {
                continue;
            }
            int asked = n.getAsInt();
            switch (option.getKey()) {
                case "blksize" -> {
                    if (asked >= MIN_BLOCK) {
                        block = Math.min(asked, MAX_BLOCK);
                        agreed.put("blksize", String.valueOf(block));
                    }
                }
                case "windowsize" -> {
                    if (asked >= 1) {
                        window = Math.min(asked, maxWindow);
                        agreed.put("windowsize", String.valueOf(window));
                    }
                }
                case "timeout" -> {
                    if (asked >= 1 && asked <= MAX_TIMEOUT) {
                        timeout = Duration.ofSeconds(asked);
                        agreed.put("timeout", String.valueOf(asked));
                    }
                }
                case "tsize" -> agreed.put("tsize", String.valueOf(size));
                default -> {}
            }
        }
        return new TftpOptions(block, window, timeout, agreed);
    }

    private static OptionalInt number(String text) {
        if (!text.matches("[0-9]{1,5}") || Integer.parseInt(text) > MAX_NUMBER) {
            return OptionalInt.empty();
        }
        return OptionalInt.of(Integer.parseInt(text));
    }
}
