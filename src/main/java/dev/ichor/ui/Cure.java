package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.diagnosis.Finding;
import dev.ichor.steps.Step;

import org.jspecify.annotations.Nullable;

import java.util.Optional;

/// What a press on a finding's button does.
///
/// @param words on the button
/// @param intent what is then wanted
/// @param there whether a row has a button of its own for it while it waits
record Cure(String words, Intent intent, boolean there) {
    static Optional<Cure> of(@Nullable Finding f) {
        if (f == null) {
            return Optional.empty();
        }
        Mac mac = f.mac();
        return switch (f.remedy()) {
            case PROBE_ROUTER -> cure(f, new Intent.Start(Step.GET_READY), false);
            case CONFIGURE_AGAIN -> cure(f, new Intent.Start(Step.CONFIGURE), false);
            case LET_IN -> cure(f, new Intent.LetIn(), false);
            case WAKE -> mac == null ? Optional.empty() : cure(f, new Intent.Wake(mac), true);
            case APPROVE -> mac == null ? Optional.empty() : cure(f, new Intent.Approve(mac), true);
            case ALWAYS_NETBOOT ->
                    mac == null
                            ? Optional.empty()
                            : cure(f, new Intent.Edit(d -> netbooting(d, mac)), false);
            case WIPE ->
                    mac == null
                            ? Optional.empty()
                            : cure(f, new Intent.Order(mac, MachineAction.REINSTALL), false);
            // The server hands it the other one by itself when it asks again.
            case NONE, OTHER_LOADER -> Optional.empty();
        };
    }

    private static Optional<Cure> cure(Finding f, Intent intent, boolean there) {
        return Optional.of(new Cure(text("remedy." + f.remedy()), intent, there));
    }

    private static Draft netbooting(Draft d, Mac mac) {
        Draft.Wish w = d.wishes().get(mac);
        return w == null
                ? d
                : d.assign(
                        mac, new Draft.Wish(w.role(), w.hostname(), w.disk(), Life.ALWAYS_NETBOOT));
    }
}
