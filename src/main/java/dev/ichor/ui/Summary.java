package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import java.util.Collection;

/// The fleet in one line.
///
/// @param all machines
/// @param ready how many are ready
/// @param needing how many need their owner
/// @param asking how many wait for *Approve*
/// @param fraction of the whole way of all
/// @param bytesPerSecond sum of all transfers
record Summary(
        int all, int ready, int needing, int asking, double fraction, double bytesPerSecond) {
    static Summary of(Collection<RowView> rows) {
        int ready = 0;
        int needing = 0;
        int asking = 0;
        double fraction = 0;
        double rate = 0;
        for (RowView r : rows) {
            ready += r.way().health() == Health.READY ? 1 : 0;
            needing += r.way().health() == Health.NEEDS_YOU ? 1 : 0;
            asking += r.way().needs().approval() ? 1 : 0;
            fraction += r.meter().fraction();
            rate += r.meter().bytesPerSecond();
        }
        double share = rows.isEmpty() ? 0 : fraction / rows.size();
        return new Summary(rows.size(), ready, needing, asking, share, rate);
    }

    /// `2 of 4 ready · 1 needs you`.
    String words() {
        String count = text("summary.ready", ready, all);
        return needing == 0 ? count : count + " · " + text("summary.needing", needing);
    }
}
