package dev.ichor.netboot.template;

import org.jspecify.annotations.Nullable;

import java.nio.charset.StandardCharsets;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;

/// The functions every Go template has.
enum Functions {
    AND(1),
    OR(1),
    NOT(1),
    LEN(1),
    INDEX(1),
    SLICE(1),
    EQ(1),
    NE(2),
    LT(2),
    LE(2),
    GT(2),
    GE(2),
    PRINT(0),
    PRINTF(1),
    PRINTLN(0),
    HTML(0),
    JS(0),
    URLQUERY(0);

    private final int least;

    Functions(int least) {
        this.least = least;
    }

    /// A value that is looked at only when it is needed.
    @FunctionalInterface
    interface Argument {
        @Nullable Object get() throws TemplateException;
    }

    static Optional<Functions> named(String name) {
        return Arrays.stream(values())
                .filter(f -> f.name().toLowerCase(Locale.ROOT).equals(name))
                .findFirst();
    }

    /// Go's idea of true: not zero, not empty, not nothing.
    static boolean truth(@Nullable Object value) {
        return switch (value) {
            case null -> false;
            case Boolean b -> b;
            case Long n -> n != 0;
            case Double d -> d != 0;
            case String s -> !s.isEmpty();
            case Map<?, ?> map -> !map.isEmpty();
            case List<?> list -> !list.isEmpty();
            default -> true;
        };
    }

    @Nullable Object call(int line, List<Argument> arguments) throws TemplateException {
        boolean exactly = this == NOT || this == LEN || least == 2;
        if (arguments.size() < least || exactly && arguments.size() > least) {
            throw error(line, "wrong number of args");
        }
        if (this == AND || this == OR) {
            Object value = null;
            for (Argument a : arguments) {
                value = a.get();
                if (truth(value) == (this == OR)) {
                    return value;
                }
            }
            return value;
        }
        List<@Nullable Object> values = new ArrayList<>();
        for (Argument a : arguments) {
            values.add(a.get());
        }
        return answer(line, values);
    }

    private @Nullable Object answer(int line, List<@Nullable Object> a) throws TemplateException {
        return switch (this) {
            case AND, OR -> throw new IllegalStateException(name());
            case NOT -> !truth(a.getFirst());
            case LEN -> length(line, a.getFirst());
            case INDEX -> index(line, a);
            case SLICE -> slice(line, a);
            case EQ -> equal(line, a);
            case NE -> !equal(line, a);
            case LT -> compare(line, a) < 0;
            case LE -> compare(line, a) <= 0;
            case GT -> compare(line, a) > 0;
            case GE -> compare(line, a) >= 0;
            case PRINT -> Format.print(a);
            case PRINTLN -> Format.println(a);
            case PRINTF -> {
                if (!(a.getFirst() instanceof String format)) {
                    throw error(line, "wrong type for value; expected string");
                }
                yield Printf.format(line, format, a.subList(1, a.size()));
            }
            case HTML -> Escapes.html(shown(a));
            case JS -> Escapes.js(shown(a));
            case URLQUERY -> Escapes.query(shown(a));
        };
    }

    private static String shown(List<@Nullable Object> a) {
        List<@Nullable Object> all = new ArrayList<>(a);
        all.replaceAll(v -> v == null ? "<no value>" : v);
        return Format.print(all);
    }

    private long length(int line, @Nullable Object value) throws TemplateException {
        return switch (value) {
            case String s -> s.getBytes(StandardCharsets.UTF_8).length;
            case List<?> list -> list.size();
            case Map<?, ?> map -> map.size();
            case null, default -> throw error(line, "of type " + Format.type(value));
        };
    }

    private @Nullable Object index(int line, List<@Nullable Object> a) throws TemplateException {
        Object item = a.getFirst();
        if (item == null) {
            throw error(line, "of untyped nil");
        }
        for (Object key : a.subList(1, a.size())) {
            item =
                    switch (item) {
                        case TextMap map when key instanceof String s -> map.getOrDefault(s, "");
                        case TextMap _ -> throw error(line, "key has to be a text");
                        case Map<?, ?> map when key instanceof String s -> map.get(s);
                        case List<?> list -> list.get(within(line, key, list.size() - 1));
                        case String _ -> throw error(line, "of a text is not understood here");
                        case null, default ->
                                throw error(line, "can't index item of " + Format.type(item));
                    };
        }
        return item;
    }

    private int within(int line, @Nullable Object index, int most) throws TemplateException {
        if (!(index instanceof Long n)) {
            throw error(line, "with type " + Format.type(index));
        }
        if (n < 0 || n > most) {
            throw error(line, "out of range: " + n);
        }
        return (int) (long) n;
    }

    private Object slice(int line, List<@Nullable Object> a) throws TemplateException {
        Object item = a.getFirst();
        boolean ascii =
                item instanceof String s && s.length() == StandardCharsets.UTF_8.encode(s).limit();
        int size =
                switch (item) {
                    case String s when ascii -> s.length();
                    case List<?> list -> list.size();
                    case null, default ->
                            throw error(line, "can't slice item of " + Format.type(item));
                };
        if (a.size() > 3) {
            throw error(line, "with three indexes is not understood here");
        }
        int from = a.size() > 1 ? within(line, a.get(1), size) : 0;
        int to = a.size() > 2 ? within(line, a.get(2), size) : size;
        if (from > to) {
            throw error(line, "invalid slice index: " + from + " > " + to);
        }
        return item instanceof String s
                ? s.substring(from, to)
                : ((List<?>) item).subList(from, to);
    }

    private boolean equal(int line, List<@Nullable Object> a) throws TemplateException {
        if (a.size() < 2) {
            throw error(line, "missing argument for comparison");
        }
        Object first = a.getFirst();
        for (Object other : a.subList(1, a.size())) {
            if (first != null && other != null) {
                boolean basic = !(first instanceof List<?>) && !(first instanceof Map<?, ?>);
                if (!basic || first.getClass() != other.getClass()) {
                    throw error(line, "incompatible types for comparison");
                }
            }
            boolean same =
                    first instanceof Double x && other instanceof Double y
                            ? (double) x == (double) y
                            : first == null ? other == null : first.equals(other);
            if (same) {
                return true;
            }
        }
        return false;
    }

    private int compare(int line, List<@Nullable Object> a) throws TemplateException {
        Object first = a.getFirst();
        Object second = a.get(1);
        if (first instanceof String x && second instanceof String y) {
            return Format.BYTES.compare(x, y);
        }
        if (first instanceof Long x && second instanceof Long y) {
            return Long.compare(x, y);
        }
        if (first instanceof Double x && second instanceof Double y) {
            return Double.compare(x + 0.0, y + 0.0);
        }
        throw error(line, "incompatible types for comparison");
    }

    private TemplateException error(int line, String message) {
        return new TemplateException(line, name().toLowerCase(Locale.ROOT) + ": " + message);
    }
}
