package dev.ichor.boot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import tools.jackson.core.JacksonException;
import tools.jackson.core.JsonGenerator;
import tools.jackson.core.JsonParser;
import tools.jackson.databind.DeserializationContext;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationContext;
import tools.jackson.databind.ValueDeserializer;
import tools.jackson.databind.ValueSerializer;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.module.SimpleModule;
import tools.jackson.databind.node.ObjectNode;

import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// [BootEvent] as one JSON object a line: `{"event":"heard","at":"2026-…","mac":"aa:bb:…",…}`.
final class EventJson {
    private static final Map<String, Class<?>> KINDS =
            Stream.of(BootEvent.class.getPermittedSubclasses())
                    .collect(Collectors.toMap(EventJson::kind, Function.identity()));

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addModule(
                            new SimpleModule()
                                    .addSerializer(Mac.class, new AsText<>())
                                    .addSerializer(Ip4.class, new AsText<>())
                                    .addDeserializer(Mac.class, new FromText<>(Mac::of))
                                    .addDeserializer(Ip4.class, new FromText<>(Ip4::of)))
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private EventJson() {}

    static String write(BootEvent event) {
        ObjectNode node = JSON.createObjectNode();
        node.put("event", kind(event.getClass()));
        node.setAll((ObjectNode) JSON.valueToTree(event));
        return JSON.writeValueAsString(node);
    }

    static Optional<BootEvent> read(String line) {
        try {
            JsonNode node = JSON.readTree(line);
            Class<?> kind = KINDS.get(node.path("event").asString(""));
            return kind == null
                    ? Optional.empty()
                    : Optional.of((BootEvent) JSON.treeToValue(node, kind));
        } catch (JacksonException | IllegalArgumentException e) {
            return Optional.empty();
        }
    }

    /// `TransferDone` is written `transferDone`.
    private static String kind(Class<?> type) {
        String name = type.getSimpleName();
        return Character.toLowerCase(name.charAt(0)) + name.substring(1);
    }

    private static final class AsText<T> extends ValueSerializer<T> {
        @Override
        public void serialize(T value, JsonGenerator out, SerializationContext context) {
            out.writeString(value.toString());
        }
    }

    private static final class FromText<T> extends ValueDeserializer<T> {
        private final Function<String, T> parse;

        FromText(Function<String, T> parse) {
            this.parse = parse;
        }

        @Override
        public T deserialize(JsonParser in, DeserializationContext context) {
            return parse.apply(in.getString());
        }
    }
}
