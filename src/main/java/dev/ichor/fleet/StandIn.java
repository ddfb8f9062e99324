package dev.ichor.fleet;

import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.util.SplittableRandom;

/// Files that look like the real ones at first sight and can be made anew at any time: the same
/// name and size always give the same bytes.
final class StandIn {
    /// Linux boot protocol, header fields at 0x1fe and 0x202 (Documentation/arch/x86/boot.rst).
    private static final int BOOT_FLAG_AT = 0x1fe;

    private static final short BOOT_FLAG = (short) 0xaa55;
    private static final int HDRS_AT = 0x202;

    /// Zstandard frame (RFC 8878 section 3.1.1): Talos' `.xz` has been one since 1.8.
    private static final int ZSTD = 0xfd2f_b528;

    private StandIn() {}

    static byte[] kernel(String version, int size) {
        byte[] bytes = noise("vmlinuz " + version, size);
        return ByteBuffer.wrap(bytes)
                .order(ByteOrder.LITTLE_ENDIAN)
                .putShort(BOOT_FLAG_AT, BOOT_FLAG)
                .put(HDRS_AT, "HdrS".getBytes(StandardCharsets.US_ASCII))
                .array();
    }

    static byte[] initramfs(String version, int size) {
        byte[] bytes = noise("initramfs " + version, size);
        return ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN).putInt(0, ZSTD).array();
    }

    /// A boot loader that holds its version as text, as the EFI builds do.
    ///
    /// @param efi begins with `MZ`, as every EFI program (PE/COFF section 2.1)
    static byte[] loader(String name, boolean efi, String version, int size) {
        byte[] bytes = noise(name, size);
        byte[] text = ("iPXE " + version + "\0").getBytes(StandardCharsets.US_ASCII);
        byte[] magic = (efi ? "MZ" : "\0\0").getBytes(StandardCharsets.US_ASCII);
        return ByteBuffer.wrap(bytes).put(0, magic).put(BOOT_FLAG_AT, text).array();
    }

    private static byte[] noise(String name, int size) {
        byte[] bytes = new byte[size];
        new SplittableRandom(name.hashCode()).nextBytes(bytes);
        return bytes;
    }
}
