package dev.ichor.netboot.ignition;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonParser;
import tools.jackson.core.JsonToken;
import tools.jackson.core.ObjectReadContext;
import tools.jackson.core.json.JsonFactory;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// Reads a config as Go reads it and Ignition checks it, and writes it in specification 3.4.
///
/// @param json for the machine; what could not be read is an empty config
/// @param trouble why it is empty, or empty
public record Ignition(String json, Optional<String> trouble) {
    private static final int NEWEST = 4;
    private static final Pattern VERSION = Pattern.compile("3\\.([0-4])\\.0");

    /// Bits above these came with 3.4.
    private static final long PLAIN_MODE = ~07000L;

    /// @param raw the file
    public static Ignition rewrite(byte[] raw) {
        String text = new String(raw, StandardCharsets.UTF_8);
        try {
            int minor = minor(read(text, Part.empty(Schema.VERSION), NEWEST));
            Part config = read(text, Part.empty(Schema.ROOT), minor);
            Optional<String> wrong = Rules.check(config, minor);
            if (wrong.isPresent()) {
                return refused(wrong.get());
            }
            return new Ignition(
                    GoJson.write(minor == NEWEST ? config : newer(config, minor)), wrong);
        } catch (JacksonException e) {
            return refused(e.getOriginalMessage());
        } catch (Unfit e) {
            return refused(e.getMessage());
        }
    }

    private static Ignition refused(@Nullable String why) {
        return new Ignition(
                GoJson.write(Part.empty(Schema.ROOT)),
                Optional.of(why == null ? "It is no config." : why));
    }

    /// What is no config of ours.
    private static final class Unfit extends Exception {
        private static final long serialVersionUID = 1;

        Unfit(String message) {
            super(message);
        }
    }

    private static int minor(Part config) throws Unfit {
        String version = config.part("ignition").textOrEmpty("version");
        Matcher m = VERSION.matcher(version);
        if (!m.matches()) {
            throw new Unfit("Its version is \"" + version + "\", and 3.0.0 to 3.4.0 are known.");
        }
        return Integer.parseInt(m.group(1));
    }

    private static Part newer(Part old, int minor) {
        old.part("ignition").values().put("version", "3." + NEWEST + ".0");
        if (minor <= 2) {
            alwaysThere(old.part("storage"));
        }
        for (String list : List.of("files", "directories")) {
            for (Part node : old.part("storage").parts(list)) {
                node.values().computeIfPresent("mode", (k, mode) -> (Long) mode & PLAIN_MODE);
            }
        }
        return old;
    }

    /// Fields that could not be left out up to 3.2.
    private static void alwaysThere(Part storage) {
        storage.parts("links").forEach(l -> l.values().putIfAbsent("target", ""));
        for (Part luks : storage.parts("luks")) {
            if (luks.part("clevis").has("custom")) {
                Part custom = luks.part("clevis").part("custom");
                custom.values().putIfAbsent("config", "");
                custom.values().putIfAbsent("pin", "");
            }
        }
    }

    /// Whether a text is any one JSON value.
    static boolean isJson(String text) {
        try (JsonParser p = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            if (p.nextToken() == null) {
                return false;
            }
            p.skipChildren();
            return p.nextToken() == null;
        } catch (JacksonException e) {
            return false;
        }
    }

    private static Part read(String text, Part config, int minor) throws Unfit {
        // Go takes no byte order mark.
        if (text.startsWith("\ufeff")) {
            throw new Unfit("It begins with a byte order mark, which JSON does not know.");
        }
        try (JsonParser p = new JsonFactory().createParser(ObjectReadContext.empty(), text)) {
            JsonToken first = p.nextToken();
            if (first == JsonToken.START_OBJECT) {
                fill(p, config, minor);
            } else if (first != JsonToken.VALUE_NULL) {
                throw new Unfit("It is no JSON object.");
            }
            if (p.nextToken() != null) {
                throw new Unfit("Something follows the config.");
            }
        }
        return config;
    }

    /// A key that comes twice fills the same object, or the objects of the same list, again.
    private static void fill(JsonParser p, Part into, int minor) throws Unfit {
        while (p.nextToken() != JsonToken.END_OBJECT) {
            Optional<Schema.Field> field = Schema.field(into.type(), p.currentName(), minor);
            p.nextToken();
            if (field.isEmpty()) {
                p.skipChildren();
                continue;
            }
            Schema.Field f = field.get();
            Object before = into.values().get(f.name());
            Object value = f.list() ? list(p, f, before, minor) : value(p, f, before, minor);
            if (value != null) {
                into.values().put(f.name(), value);
            } else if (f.list() || f.kind() != Schema.Kind.OBJECT && !f.always() && !f.omitZero()) {
                into.values().remove(f.name());
            }
        }
    }

    private static @Nullable List<Object> list(
            JsonParser p, Schema.Field f, @Nullable Object before, int minor) throws Unfit {
        if (p.currentToken() == JsonToken.VALUE_NULL) {
            return null;
        }
        if (p.currentToken() != JsonToken.START_ARRAY) {
            throw new Unfit(f.name() + " is no list.");
        }
        List<?> old = before instanceof List<?> l ? l : List.of();
        List<Object> all = new ArrayList<>();
        while (p.nextToken() != JsonToken.END_ARRAY) {
            Object zero = f.kind() == Schema.Kind.OBJECT ? Part.empty(f.type()) : "";
            Object was = all.size() < old.size() ? old.get(all.size()) : zero;
            all.add(Objects.requireNonNullElse(value(p, f, was, minor), was));
        }
        return all;
    }

    private static @Nullable Object value(
            JsonParser p, Schema.Field f, @Nullable Object before, int minor) throws Unfit {
        JsonToken token = p.currentToken();
        if (token == JsonToken.VALUE_NULL) {
            return null;
        }
        boolean fits =
                switch (f.kind()) {
                    case TEXT -> token == JsonToken.VALUE_STRING;
                    case FLAG -> token.isBoolean();
                    case NUMBER -> token == JsonToken.VALUE_NUMBER_INT;
                    case OBJECT -> token == JsonToken.START_OBJECT;
                };
        if (!fits) {
            throw new Unfit(f.name() + " holds what does not belong there.");
        }
        return switch (f.kind()) {
            case TEXT -> whole(p.getString());
            case FLAG -> token == JsonToken.VALUE_TRUE;
            case NUMBER -> number(p.getString(), f);
            case OBJECT -> {
                Part part = before instanceof Part old ? old : Part.empty(f.type());
                fill(p, part, minor);
                yield part;
            }
        };
    }

    private static Long number(String text, Schema.Field f) throws Unfit {
        try {
            return Long.valueOf(text);
        } catch (NumberFormatException e) {
            throw new Unfit(f.name() + " is too large.");
        }
    }

    /// Half a pair of surrogates is no character.
    private static String whole(String text) {
        StringBuilder out = new StringBuilder();
        text.codePoints()
                .map(c -> c >= Character.MIN_SURROGATE && c <= Character.MAX_SURROGATE ? 0xfffd : c)
                .forEach(out::appendCodePoint);
        return out.toString();
    }
}
