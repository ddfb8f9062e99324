package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Role;

/// What the number of control planes means for the cluster.
///
/// @param planes how many there are
/// @param good whether there is nothing to say against it
/// @param words one sentence
record Verdict(int planes, boolean good, String words) {
    private static final int MOST = 5;

    static Verdict of(Draft draft) {
        int planes =
                Math.toIntExact(
                        draft.wishes().values().stream()
                                .filter(w -> w.role() == Role.CONTROL_PLANE)
                                .count());
        int workers = draft.wishes().size() - planes;
        if (planes == 0) {
            return new Verdict(planes, false, text("verdict.none"));
        }
        if (planes == 1) {
            return new Verdict(planes, true, text("verdict.one", workers));
        }
        if (planes % 2 == 0 || planes > MOST) {
            return new Verdict(planes, false, text("verdict.even", planes));
        }
        return new Verdict(planes, true, text("verdict.odd", planes, workers, (planes - 1) / 2));
    }
}
