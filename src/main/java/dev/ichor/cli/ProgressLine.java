package dev.ichor.cli;

import dev.ichor.cluster.Amount;

import java.io.PrintWriter;
import java.time.Duration;
import java.util.Locale;
import java.util.function.Consumer;

/// How far a download is: one line, rewritten in place on a terminal; elsewhere a line at each
/// tenth.
final class ProgressLine implements Consumer<Amount> {
    private final PrintWriter out;
    private final boolean inPlace;
    private int tenth = -1;

    /// @param inPlace whether the line may be rewritten
    ProgressLine(PrintWriter out, boolean inPlace) {
        this.out = out;
        this.inPlace = inPlace;
    }

    @Override
    public synchronized void accept(Amount amount) {
        int now = (int) (10 * amount.fraction());
        if (amount.of() <= 0 || (!inPlace && now == tenth)) {
            return;
        }
        tenth = now;
        if (inPlace) {
            out.printf("\r%-70s%s", text(amount), amount.done() == amount.of() ? "\n" : "");
        } else {
            out.println(text(amount));
        }
        out.flush();
    }

    /// `Talos v1.13.9 43 % 48.2 of 112.0 MB, 12.3 MB/s, 0:05 left`; without a rate only the
    /// percentage.
    static String text(Amount a) {
        String share = String.format(Locale.ROOT, "%s  %3.0f %%", a.what(), 100 * a.fraction());
        if (a.perSecond() <= 0) {
            return share;
        }
        return String.format(
                Locale.ROOT,
                "%s  %.1f of %.1f MB, %.1f MB/s%s",
                share,
                a.done() / 1e6,
                a.of() / 1e6,
                a.perSecond() / 1e6,
                a.done() == a.of() ? "" : a.left().map(l -> ", " + clock(l) + " left").orElse(""));
    }

    private static String clock(Duration d) {
        return String.format(Locale.ROOT, "%d:%02d", d.toMinutes(), d.toSecondsPart());
    }
}
