package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;

import java.io.ByteArrayInputStream;
import java.io.RandomAccessFile;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;

/// The end of a file of five gigabytes, of which the beginning is there already.
final class FarEnd {
    private static final long FROM = 5L << 30;

    private FarEnd() {}

    /// @param folder where the NAS's folder lies on this disk; its file has holes
    static void check(Remote nas, Path folder) throws Exception {
        byte[] end = "the end of the initramfs".getBytes(StandardCharsets.UTF_8);
        try (RandomAccessFile file = new RandomAccessFile(folder.resolve("big").toFile(), "rw")) {
            file.setLength(FROM);

            nas.put("big", new ByteArrayInputStream(end), FROM);

            assertThat(nas.stat("big").orElseThrow().size()).isEqualTo(FROM + end.length);
            byte[] written = new byte[end.length];
            file.seek(FROM);
            file.readFully(written);
            assertThat(written).isEqualTo(end);
        }
    }
}
