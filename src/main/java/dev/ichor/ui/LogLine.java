package dev.ichor.ui;

import dev.ichor.boot.BootEvent;

/// A line of the event log.
///
/// @param event what it tells of
/// @param who the machine's name, or empty
/// @param words as it is shown
record LogLine(BootEvent event, String who, String words) {
    /// As it is shown.
    @Override
    public String toString() {
        return words;
    }
}
