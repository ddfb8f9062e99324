package dev.ichor.diagnosis;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Mac;

import java.time.Duration;
import java.time.Instant;
import java.util.EnumMap;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Collectors;

/// How long one machine may be silent, learnt from boots that were slow and ended well. Pure.
///
/// @param longest the longest good silence, where it was longer than usual
public record Patience(Map<Silence, Duration> longest) {
    /// Nothing was learnt.
    public static final Patience USUAL = new Patience(Map.of());

    /// No boot is waited for longer: then something is wrong that has been wrong before.
    private static final Duration MOST = Duration.ofMinutes(20);

    /// Copies.
    public Patience {
        longest = Map.copyOf(longest);
    }

    /// Half as long again as the longest good silence, and never shorter than usual.
    Duration limit(Silence s, Duration usual) {
        Duration slow = longest.getOrDefault(s, Duration.ZERO);
        Duration learnt = slow.plus(slow.dividedBy(2));
        return learnt.compareTo(usual) > 0 ? learnt : usual;
    }

    /// What is known after one more boot; the same when it did not end well or was not slow.
    ///
    /// @param events of the machine, in order; only its latest boot counts
    public Patience after(List<BootEvent> events) {
        List<BootEvent> boot = Trail.latest(events);
        boolean good =
                boot.stream().anyMatch(e -> Trail.done(e, Payload.KERNEL))
                        && boot.stream().anyMatch(e -> e instanceof BootEvent.ApiAnswered);
        if (!good) {
            return this;
        }
        Map<Silence, Duration> all = new EnumMap<>(Silence.class);
        all.putAll(longest);
        for (Silence s : Silence.values()) {
            Duration was = longest(boot, s);
            if (was.compareTo(s.usual()) > 0 && was.compareTo(MOST) <= 0) {
                all.merge(s, was, (a, b) -> a.compareTo(b) > 0 ? a : b);
            }
        }
        return new Patience(all);
    }

    /// From each beginning to the end that follows it; what begins once more meanwhile is the same
    /// silence.
    private static Duration longest(List<BootEvent> boot, Silence s) {
        Duration longest = Duration.ZERO;
        Instant begun = null;
        for (BootEvent e : boot) {
            if (begun != null && s.ends(e) && e.at().isAfter(begun)) {
                Duration was = Duration.between(begun, e.at());
                longest = was.compareTo(longest) > 0 ? was : longest;
                begun = null;
            }
            if (begun == null && s.begins(e)) {
                begun = e.at();
            }
        }
        return longest;
    }

    /// One line a machine: `MAC SILENCE=SECONDS…`.
    public static List<String> lines(Map<Mac, Patience> all) {
        Map<Mac, Patience> sorted = new TreeMap<>(all);
        return sorted.entrySet().stream()
                .filter(e -> !e.getValue().longest().isEmpty())
                .map(e -> e.getKey() + " " + e.getValue().text())
                .toList();
    }

    private String text() {
        return new TreeMap<>(longest)
                .entrySet().stream()
                        .map(e -> e.getKey() + "=" + e.getValue().toSeconds())
                        .collect(Collectors.joining(" "));
    }

    /// Reads them; what makes no sense is left out.
    public static Map<Mac, Patience> read(List<String> lines) {
        Map<Mac, Patience> all = new HashMap<>();
        for (String line : lines) {
            String[] words = line.strip().split(" ");
            Mac.parse(words[0]).ifPresent(mac -> all.put(mac, of(words)));
        }
        return all;
    }

    private static Patience of(String[] words) {
        Map<Silence, Duration> all = new EnumMap<>(Silence.class);
        for (Silence s : Silence.values()) {
            for (String w : words) {
                seconds(w, s.name() + "=").ifPresent(d -> all.put(s, d));
            }
        }
        return new Patience(all);
    }

    private static Optional<Duration> seconds(String word, String name) {
        String number = word.startsWith(name) ? word.substring(name.length()) : "";
        return number.matches("[0-9]{1,4}")
                ? Optional.of(Duration.ofSeconds(Integer.parseInt(number)))
                        .filter(d -> d.compareTo(MOST) <= 0)
                : Optional.empty();
    }
}
