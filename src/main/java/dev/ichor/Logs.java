package dev.ichor;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Properties;
import java.util.logging.FileHandler;
import java.util.logging.LogManager;
import java.util.logging.SimpleFormatter;

/// Our own log: a file for us, never the owner's terminal. Java's log manager makes one of this
/// class, for its settings, with the first line that is logged.
public final class Logs {
    private static final int BYTES = 1 << 20;
    private static final int FILES = 3;

    /// Hands the log manager our settings.
    ///
    /// @throws IOException never, for they are in memory
    public Logs() throws IOException {
        ByteArrayOutputStream text = new ByteArrayOutputStream();
        settings(Folders.logs()).store(text, null);
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(text.toByteArray()));
    }

    /// Names this class to the log manager, which costs nothing yet.
    static void whenNeeded() {
        System.setProperty("java.util.logging.config.class", Logs.class.getName());
    }

    /// Every line to `ichor.log` in a folder; without the folder nothing is logged.
    private static Properties settings(Path folder) {
        Properties p = new Properties();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            p.setProperty(".level", "OFF");
            return p;
        }
        String file = FileHandler.class.getName();
        String name = folder.resolve("ichor").toString().replace("%", "%%") + ".%g.log";
        p.setProperty("handlers", Files.isWritable(folder) ? file : "");
        p.setProperty(file + ".pattern", name);
        p.setProperty(file + ".limit", String.valueOf(BYTES));
        p.setProperty(file + ".count", String.valueOf(FILES));
        p.setProperty(file + ".append", "true");
        p.setProperty(file + ".formatter", SimpleFormatter.class.getName());
        p.setProperty(".level", "INFO");
        p.setProperty("dev.ichor.level", "FINE");
        return p;
    }
}
