package dev.ichor;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.logging.FileHandler;
import java.util.logging.Level;
import java.util.logging.LogManager;
import java.util.logging.Logger;
import java.util.logging.SimpleFormatter;

/// Our own log: a file for us, never the owner's terminal.
final class Logs {
    private static final int BYTES = 1 << 20;
    private static final int FILES = 3;

    /// Held, since the log manager forgets loggers that nobody holds.
    private static final Logger OURS = Logger.getLogger("dev.ichor");

    private Logs() {}

    /// Sends every log line to `ichor.log` in a folder; without the folder nothing is logged.
    static void to(Path folder) {
        LogManager.getLogManager().reset();
        Logger root = Logger.getLogger("");
        root.setLevel(Level.INFO);
        try {
            Files.createDirectories(folder);
            FileHandler file =
                    new FileHandler(folder.resolve("ichor.%g.log").toString(), BYTES, FILES, true);
            file.setFormatter(new SimpleFormatter());
            root.addHandler(file);
            OURS.setLevel(Level.FINE);
        } catch (IOException e) {
            root.setLevel(Level.OFF);
        }
    }
}
