package dev.ichor.netboot;

import dev.ichor.boot.Payload;

import java.util.Locale;

/// What a file is to a machine, by its usual names.
final class FileKind {
    private FileKind() {}

    static Payload byName(String path) {
        String name = path.substring(path.lastIndexOf('/') + 1).toLowerCase(Locale.ROOT);
        if (name.startsWith("initramfs") || name.startsWith("initrd")) {
            return Payload.INITRAMFS;
        }
        if (name.startsWith("vmlinuz") || name.startsWith("kernel") || name.startsWith("bzimage")) {
            return Payload.KERNEL;
        }
        if (name.endsWith(".ipxe")) {
            return Payload.SCRIPT;
        }
        if (name.endsWith(".yaml") || name.endsWith(".yml")) {
            return Payload.CONFIG;
        }
        return name.endsWith(".efi") || name.endsWith("kpxe") ? Payload.LOADER : Payload.OTHER;
    }
}
