package dev.ichor.cli;

import org.jspecify.annotations.Nullable;

import java.io.Console;

/// Whether somebody sits at a terminal.
final class Terminals {
    private Terminals() {}

    /// The terminal, or null where input or output is a file or a pipe.
    @SuppressWarnings(
            "SystemConsoleNull") // some providers give null, others one that is no terminal
    static @Nullable Console console() {
        Console console = System.console();
        return console != null && console.isTerminal() ? console : null;
    }
}
