package dev.ichor.netboot;

import dev.ichor.cluster.Hardware;

import java.util.Map;

/// Reads what [Scripts] makes iPXE tell of the machine. The texts come from anybody on the network:
/// they are shown, cut to size, and decide nothing but a refusal to start what cannot run.
final class Inspection {
    private static final int LONGEST = 64;
    private static final int MOST_MIB = 16 * 1024 * 1024;

    private Inspection() {}

    /// @return [Hardware#UNKNOWN] when the request tells nothing
    static Hardware of(Labels labels) {
        Map<String, String> v = labels.values();
        return new Hardware(
                text(v, "uuid"),
                (text(v, "maker") + " " + text(v, "product")).strip(),
                text(v, "serial"),
                switch (v.getOrDefault("cpu", "")) {
                    case "v1" -> Hardware.Cpu.V1;
                    case "v2" -> Hardware.Cpu.V2;
                    default -> Hardware.Cpu.UNKNOWN;
                },
                memory(v.getOrDefault("memory", "")));
    }

    private static String text(Map<String, String> values, String key) {
        String t = values.getOrDefault(key, "").replaceAll("[\\p{Cntrl}]", "").strip();
        return t.length() > LONGEST ? t.substring(0, LONGEST) : t;
    }

    /// `${memsize}` is in MiB (iPXE's `memmap_settings`).
    private static int memory(String text) {
        if (!text.matches("[0-9]{1,8}")) {
            return 0;
        }
        int mib = Integer.parseInt(text);
        return mib > MOST_MIB ? 0 : mib;
    }
}
