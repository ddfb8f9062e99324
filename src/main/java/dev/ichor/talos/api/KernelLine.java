package dev.ichor.talos.api;

import dev.ichor.boot.Stage;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// One message of a node's kernel log as its sink gets it, a JSON object (Talos 1.13
/// `internal/app/machined/pkg/controllers/runtime/kmsg_log.go`). Only Talos' own lines are kept:
/// the kernel's are hundreds, and none of them tells how far the installation is.
///
/// @param stage the stage it tells of, or null
record KernelLine(@Nullable Stage stage, String text) {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String TALOS = "[talos] ";

    /// `phase install (2/8): 1 tasks(s)`, and a sequence's beginning.
    private static final Pattern PHASE = Pattern.compile("phase (\\S+) \\(\\d+/\\d+\\): .*");

    /// Empty when it is no such object, or not Talos speaking.
    static Optional<KernelLine> parse(String json) {
        try {
            JsonNode node = JSON.readTree(json);
            String text = node.path("msg").asString("").strip();
            return text.startsWith(TALOS)
                    ? Optional.of(of(text.substring(TALOS.length())))
                    : Optional.empty();
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }

    private static KernelLine of(String text) {
        Matcher phase = PHASE.matcher(text);
        return new KernelLine(phase.matches() ? stage(phase.group(1)) : null, text);
    }

    /// The stage that a phase of Talos' sequences means.
    static @Nullable Stage stage(String phase) {
        return switch (phase) {
            case "install" -> Stage.INSTALLING;
            case "kexec", "reboot" -> Stage.REBOOTING;
            default -> null;
        };
    }
}
