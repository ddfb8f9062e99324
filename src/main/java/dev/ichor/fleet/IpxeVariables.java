package dev.ichor.fleet;

import dev.ichor.cluster.Ip4;

import java.util.HashMap;
import java.util.Map;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// iPXE's settings and their `${name:type}` expansion (ipxe.org/cfg). What is not set is empty.
final class IpxeVariables {
    private static final Pattern USE = Pattern.compile("\\$\\{([^}:]*)(?::([^}]*))?}");

    private final Map<String, String> values = new HashMap<>();

    private final boolean old;

    /// @param old whether its processor is an x86-64-v1
    IpxeVariables(Hardware h, Ip4 nextServer, boolean old) {
        this.old = old;
        values.put("mac", h.mac().toString());
        values.put("uuid", h.uuid().toString());
        values.put("serial", h.serial());
        values.put("buildarch", h.uefi() ? "x86_64" : "i386");
        values.put("platform", h.uefi() ? "efi" : "pcbios");
        values.put("manufacturer", "FUJITSU");
        values.put("product", h.model());
        values.put("ip", h.ip().toString());
        values.put("next-server", nextServer.toString());
        values.put("version", "2.0.0");
    }

    /// Whether its processor can do what is asked.
    ///
    /// @param newer whether it came after SSE2 (`cpuid` leaf 1, ecx)
    boolean hasFeature(boolean newer) {
        return !(newer && old);
    }

    void set(String name, String value) {
        values.put(name, value);
    }

    String expand(String text) {
        return USE.matcher(text)
                .replaceAll(m -> Matcher.quoteReplacement(value(m.group(1), m.group(2))));
    }

    /// `net0/mac` and `netX/mac` are this machine's only adapter.
    private String value(String name, @org.jspecify.annotations.Nullable String type) {
        String value = values.getOrDefault(name.replaceFirst("^net[0-9X]/", ""), "");
        return switch (type == null ? "" : type) {
            case "hexhyp" -> value.replace(':', '-');
            case "hexraw" -> value.replace(":", "");
            case "uristring" -> value.replace(" ", "%20");
            default -> value;
        };
    }
}
