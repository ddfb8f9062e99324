package dev.ichor.ui;

import dev.ichor.boot.MachineProgress;
import dev.ichor.boot.Stage;

import java.time.Duration;
import java.time.Instant;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Map;

/// How long a machine was in one stage of this boot.
///
/// @param stage which
/// @param at when it got there
/// @param took how long it stayed, until now for the one it is in
/// @param going whether it is still there
record Lap(Stage stage, Instant at, Duration took, boolean going) {
    /// The stages in the order they were reached.
    static List<Lap> of(MachineProgress m, Instant now) {
        List<Map.Entry<Stage, Instant>> reached = new ArrayList<>(m.reached().entrySet());
        reached.sort(Map.Entry.comparingByValue(Comparator.naturalOrder()));
        List<Lap> laps = new ArrayList<>();
        for (int i = 0; i < reached.size(); i++) {
            Stage stage = reached.get(i).getKey();
            Instant from = reached.get(i).getValue();
            boolean last = i == reached.size() - 1;
            Instant to = last ? now : reached.get(i + 1).getValue();
            boolean there = last && stage != Stage.READY;
            laps.add(
                    new Lap(
                            stage,
                            from,
                            last && !there ? Duration.ZERO : Duration.between(from, to),
                            there));
        }
        return laps;
    }
}
