package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.UnaryOperator;

/// The machines' states, in memory and in the store, one text a machine. Not safe for many threads.
final class MachineStates {
    private final Rules.Store store;
    private final BootLog log;
    private final InstantSource clock;
    private final Map<Mac, MachineState> states = new HashMap<>();

    MachineStates(Rules.Store store, BootLog log, InstantSource clock) {
        this.store = store;
        this.log = log;
        this.clock = clock;
    }

    MachineState of(Mac mac) {
        MachineState known = states.get(mac);
        if (known != null) {
            return known;
        }
        MachineState read = read(mac);
        if (!read.equals(MachineState.NEW)) {
            states.put(mac, read);
        }
        return read;
    }

    /// Changes a state. What could not be saved counts all the same and is told.
    void change(Mac mac, UnaryOperator<MachineState> change) {
        MachineState was = of(mac);
        MachineState now = change.apply(was);
        if (now.equals(was)) {
            return;
        }
        states.put(mac, now);
        boolean durable =
                !Objects.equals(was.order(), now.order())
                        || (was.installed() == null) != (now.installed() == null);
        save(mac.hyphens(), Json.MAPPER.writeValueAsString(now) + "\n", durable);
    }

    /// Saves another text.
    void save(String name, String text, boolean durable) {
        try {
            store.write(name, text, durable);
        } catch (IOException e) {
            trouble("What is remembered as " + name + " could not be saved: " + e.getMessage());
        }
    }

    /// A broken text is kept aside; the machine then counts as new, which lets nothing out.
    private MachineState read(Mac mac) {
        try {
            Optional<String> text = store.read(mac.hyphens());
            return text.isEmpty()
                    ? MachineState.NEW
                    : checked(Json.MAPPER.readValue(text.get(), MachineState.class));
        } catch (JacksonException | NullPointerException | IllegalArgumentException e) {
            trouble(
                    "What was remembered of "
                            + mac
                            + " makes no sense"
                            + aside(mac)
                            + " The machine counts as new and has to be approved.");
            return MachineState.NEW;
        } catch (IOException e) {
            trouble("What is remembered of " + mac + " cannot be read: " + e.getMessage());
            return MachineState.NEW;
        }
    }

    /// What a file lacks, JSON reads as null.
    private static MachineState checked(MachineState s) {
        Objects.requireNonNull(s.uuid());
        Objects.requireNonNull(s.fingerprint());
        if (s.order() != null) {
            Objects.requireNonNull(s.order().action());
        }
        if (s.boot() != null) {
            Objects.requireNonNull(s.boot().token());
            Objects.requireNonNull(s.boot().ip());
        }
        if (s.hold() != null) {
            Objects.requireNonNull(s.hold().reason());
            Objects.requireNonNull(s.hold().ip());
            Objects.requireNonNull(s.hold().uuid());
        }
        return s;
    }

    private String aside(Mac mac) {
        try {
            return "; it was kept as " + store.putAside(mac.hyphens()) + ".";
        } catch (IOException e) {
            return " and could not be moved away: " + e.getMessage() + ".";
        }
    }

    private void trouble(String words) {
        log.append(new BootEvent.ServiceDown(clock.instant(), "cluster folder", words));
    }

    /// Made with the first state that is read or written: it takes as long as opening all ports.
    private static final class Json {
        static final JsonMapper MAPPER =
                JsonMapper.builder()
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                        .enable(DeserializationFeature.FAIL_ON_NULL_FOR_PRIMITIVES)
                        .build();
    }
}
