package dev.ichor.artifacts;

import dev.ichor.cluster.Firmware;

import java.io.IOException;
import java.nio.ByteBuffer;
import java.nio.ByteOrder;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// An iPXE build as its bytes tell.
///
/// @param firmware what can run it, UNKNOWN when nothing runs it from the network
/// @param version `1.0.0+git-20190125.36a4c85-5.1`, or empty when it is compressed
record Binary(Path path, Firmware firmware, String version) {
    /// iPXE's `product_version`, a C string of its own.
    private static final Pattern VERSION =
            Pattern.compile(
                    "\0(\\d{1,2}\\.\\d{1,3}\\.\\d{1,3}(\\+[\\w.~+-]*( \\(g[0-9a-f]+\\))?)?)\0");

    private static final long LARGEST = 8 << 20;

    /// Where a PE file says its header begins, and the header's mark (Microsoft PE format).
    private static final int PE_OFFSET = 0x3c;

    private static final int PE_MARK = 0x00004550;

    /// Empty when it cannot be read or is no loader at all.
    static Optional<Binary> read(Path path) {
        try {
            if (Files.size(path) > LARGEST) {
                return Optional.empty();
            }
            byte[] bytes = Files.readAllBytes(path);
            Firmware firmware = firmware(path.getFileName().toString(), bytes);
            return Optional.of(new Binary(path, firmware, version(bytes)));
        } catch (IOException e) {
            return Optional.empty();
        }
    }

    private static Firmware firmware(String name, byte[] bytes) {
        if (name.endsWith(".efi")) {
            return machine(ByteBuffer.wrap(bytes).order(ByteOrder.LITTLE_ENDIAN));
        }
        return name.endsWith("pxe") ? Firmware.BIOS : Firmware.UNKNOWN;
    }

    /// The machine type of the PE header: the folder's name may lie, the header does not.
    private static Firmware machine(ByteBuffer pe) {
        int header = pe.limit() > PE_OFFSET + 4 ? pe.getInt(PE_OFFSET) : -1;
        if (header < 0 || header > pe.limit() - 8 || pe.getInt(header) != PE_MARK) {
            return Firmware.UNKNOWN;
        }
        return switch (pe.getShort(header + 4) & 0xffff) {
            case 0x8664 -> Firmware.UEFI_X64;
            case 0x014c -> Firmware.UEFI_X86;
            case 0xaa64 -> Firmware.UEFI_ARM64;
            case 0x01c0, 0x01c2, 0x01c4 -> Firmware.UEFI_ARM32;
            default -> Firmware.UNKNOWN;
        };
    }

    private static String version(byte[] bytes) {
        Matcher m = VERSION.matcher(new String(bytes, StandardCharsets.ISO_8859_1));
        return m.find() ? m.group(1) : "";
    }
}
