package dev.ichor.netboot;

import dev.ichor.boot.Content;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.util.Arrays;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.BiConsumer;

/// Matchbox's group and profile files. Keys are read in any case, unknown ones are left out.
final class MatchboxJson {
    private static final JsonMapper STRICT =
            JsonMapper.builder()
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .disable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                    .build();
    private static final JsonMapper LENIENT =
            STRICT.rebuild().enable(JsonReadFeature.ALLOW_JAVA_COMMENTS).build();

    /// `groups/NAME.json`.
    record Group(
            @Nullable String id,
            @Nullable String profile,
            @Nullable Map<String, String> selector,
            @Nullable Map<String, Object> metadata) {}

    /// `profiles/ID.json`.
    record Profile(
            @Nullable String id,
            @Nullable Boot boot,
            @Nullable String ignition_id,
            @Nullable String cloud_id,
            @Nullable String generic_id) {}

    /// What a profile boots.
    record Boot(
            @Nullable String kernel, @Nullable List<String> initrd, @Nullable List<String> args) {
        String kernelOrEmpty() {
            return kernel == null ? "" : kernel;
        }

        List<String> initrds() {
            return initrd == null ? List.of() : initrd;
        }

        List<String> arguments() {
            return args == null ? List.of() : args;
        }
    }

    private static final byte[] BOM = {(byte) 0xef, (byte) 0xbb, (byte) 0xbf};

    private final BiConsumer<String, String> note;

    /// @param note is told file and line, and what is odd there
    MatchboxJson(BiConsumer<String, String> note) {
        this.note = note;
    }

    /// @return empty when the file makes no sense; the note says where
    /// @throws IOException when it cannot be read
    <T> Optional<T> read(String path, Content content, Class<T> type) throws IOException {
        byte[] bytes;
        try (InputStream in = content.open()) {
            bytes = in.readAllBytes();
        }
        if (bytes.length > 2 && Arrays.equals(bytes, 0, BOM.length, BOM, 0, BOM.length)) {
            note.accept(path, "It begins with a byte order mark, which JSON does not know.");
            return Optional.empty();
        }
        try {
            return Optional.ofNullable(STRICT.readValue(bytes, type));
        } catch (JacksonException strict) {
            try {
                Optional<T> value = Optional.ofNullable(LENIENT.readValue(bytes, type));
                note.accept(
                        where(path, strict),
                        "A comment, which JSON does not know: it is read over here, but a Matchbox"
                                + " skips this file.");
                return value;
            } catch (JacksonException broken) {
                note.accept(
                        where(path, broken),
                        "This is not JSON as Matchbox wants it: " + broken.getOriginalMessage());
                return Optional.empty();
            }
        }
    }

    private static String where(String path, JacksonException e) {
        return e.getLocation() == null ? path : path + ":" + e.getLocation().getLineNr();
    }
}
