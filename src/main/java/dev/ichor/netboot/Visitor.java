package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

/// Who asks for a script or a config, as far as it says.
///
/// @param mac the machine it claims to be, or null
/// @param from the TCP peer
/// @param uuid the SMBIOS UUID it claims, or empty
/// @param token what it shows, or empty
record Visitor(@Nullable Mac mac, Ip4 from, String uuid, String token) {
    static final String TOKEN = "token";

    static Visitor of(HttpRequest request) {
        Labels labels = Labels.of(request.rawQuery());
        return new Visitor(
                labels.mac(),
                request.peer(),
                uuid(labels.values().getOrDefault("uuid", "")),
                labels.values().getOrDefault(TOKEN, ""));
    }

    /// Boards whose maker never filled it in all say the same.
    private static String uuid(String said) {
        String text = said.toLowerCase(java.util.Locale.ROOT);
        boolean real =
                text.matches("[0-9a-f]{8}(-[0-9a-f]{4}){3}-[0-9a-f]{12}")
                        && !text.replace("-", "").matches("0+|f+");
        return real ? text : "";
    }

    /// Nothing secret.
    @Override
    public String toString() {
        return "Visitor[" + mac + " at " + from + "]";
    }
}
