package dev.ichor.ui;

import javafx.scene.image.Image;
import javafx.scene.image.PixelFormat;

import java.io.ByteArrayOutputStream;
import java.io.DataOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.util.zip.CRC32;
import java.util.zip.DeflaterOutputStream;

/// The smallest PNG writer (8 bit RGBA, filter 0), so that pictures need no AWT.
final class Png {
    private static final byte[] SIGNATURE = {(byte) 0x89, 'P', 'N', 'G', '\r', '\n', 0x1a, '\n'};

    private Png() {}

    static byte[] encode(Image image) throws IOException {
        ByteArrayOutputStream out = new ByteArrayOutputStream();
        out.write(SIGNATURE);
        chunk(out, "IHDR", header((int) image.getWidth(), (int) image.getHeight()));
        chunk(out, "IDAT", pixels(image));
        chunk(out, "IEND", new byte[0]);
        return out.toByteArray();
    }

    private static byte[] header(int width, int height) throws IOException {
        ByteArrayOutputStream b = new ByteArrayOutputStream();
        DataOutputStream d = new DataOutputStream(b);
        d.writeInt(width);
        d.writeInt(height);
        d.write(new byte[] {8, 6, 0, 0, 0});
        return b.toByteArray();
    }

    private static byte[] pixels(Image image) throws IOException {
        int w = (int) image.getWidth();
        int[] line = new int[w];
        ByteArrayOutputStream b = new ByteArrayOutputStream();
        try (DataOutputStream d = new DataOutputStream(new DeflaterOutputStream(b))) {
            for (int y = 0; y < image.getHeight(); y++) {
                image.getPixelReader()
                        .getPixels(0, y, w, 1, PixelFormat.getIntArgbInstance(), line, 0, w);
                d.writeByte(0);
                for (int argb : line) {
                    d.writeInt(argb << 8 | argb >>> 24);
                }
            }
        }
        return b.toByteArray();
    }

    private static void chunk(ByteArrayOutputStream out, String type, byte[] data)
            throws IOException {
        byte[] name = type.getBytes(StandardCharsets.US_ASCII);
        CRC32 crc = new CRC32();
        crc.update(name);
        crc.update(data);
        DataOutputStream d = new DataOutputStream(out);
        d.writeInt(data.length);
        d.write(name);
        d.write(data);
        d.writeInt((int) crc.getValue());
    }
}
