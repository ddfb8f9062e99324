package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Mac;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.Map;
import java.util.Optional;

/// Which machines were sent a magic packet, and how soon after it they were heard. Safe for many
/// threads.
final class Wakes {
    private final Map<Mac, Instant> sent = new HashMap<>();
    private final Map<Mac, Duration> answered = new HashMap<>();

    /// Takes an event; whether it changed anything.
    synchronized boolean heard(BootEvent event) {
        return switch (event) {
            case BootEvent.WakeSent w -> {
                answered.remove(w.mac());
                sent.put(w.mac(), w.at());
                yield true;
            }
            case BootEvent.Heard h -> answer(h.mac(), h.at());
            case BootEvent.Leased l -> answer(l.mac(), l.at());
            default -> false;
        };
    }

    private boolean answer(Mac mac, Instant at) {
        Instant woken = sent.get(mac);
        return woken != null
                && !at.isBefore(woken)
                && answered.putIfAbsent(mac, Duration.between(woken, at)) == null;
    }

    /// What to say of a machine; empty when it was not woken.
    synchronized Optional<String> words(Mac mac) {
        Duration after = answered.get(mac);
        return after != null
                ? Optional.of(text("find.answered", after.toSeconds()))
                : Optional.ofNullable(sent.get(mac)).map(at -> text("find.woken"));
    }
}
