package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Amount;
import dev.ichor.steps.Step;

import java.time.Instant;
import java.util.ArrayList;
import java.util.List;

/// How far, how fast and how long still, in one line.
final class Progress {
    private Progress() {}

    /// `32.0 MB of 98.2 MB · 4.1 MB/s · 0:16 left`; pieces that are not known are left out.
    static String figures(Step step, Amount amount, Pace pace, Instant now) {
        List<String> parts = new ArrayList<>();
        boolean bytes = step == Step.DOWNLOAD || step == Step.COPY;
        if (amount.of() > 0) {
            parts.add(text("progress.of", count(amount.done(), bytes), count(amount.of(), bytes)));
        } else if (amount.done() > 0) {
            parts.add(count(amount.done(), bytes));
        }
        if (bytes && pace.perSecond(now) > 0) {
            parts.add(Figures.rate(pace.perSecond(now)));
        }
        pace.left(amount, now)
                .ifPresent(left -> parts.add(text("progress.left", Figures.clock(left))));
        return String.join(" · ", parts);
    }

    private static String count(long n, boolean bytes) {
        return bytes ? Figures.bytes(n) : Long.toString(n);
    }
}
