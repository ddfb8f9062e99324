package dev.ichor;

import java.io.ByteArrayInputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
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
        byte[] text = lines(settings(Folders.logs())).getBytes(StandardCharsets.ISO_8859_1);
        LogManager.getLogManager().readConfiguration(new ByteArrayInputStream(text));
    }

    /// As {@link Properties#store} writes them, without the date on top, which costs 10 ms of a
    /// start.
    private static String lines(Map<String, String> settings) {
        StringBuilder text = new StringBuilder();
        settings.forEach((key, value) -> {
            text.append(key).append('=');
            value.chars()
                    .forEach(c ->
                            text.append(
                                    c > ' ' && c < 127 && c != '\\'
                                            ? Character.toString(c)
                                            : String.format("\\u%04x", c)));
            text.append('\n');
        });
        return text.toString();
    }

    /// Names this class to the log manager, which costs nothing yet.
    static void whenNeeded() {
        System.setProperty("java.util.logging.config.class", Logs.class.getName());
    }

    /// Every line to `ichor.log` in a folder; without the folder nothing is logged.
    private static Map<String, String> settings(Path folder) {
        Map<String, String> p = new LinkedHashMap<>();
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            p.put(".level", "OFF");
            return p;
        }
        String file = FileHandler.class.getName();
        String name = folder.resolve("ichor").toString().replace("%", "%%") + ".%g.log";
        p.put("handlers", Files.isWritable(folder) ? file : "");
        p.put(file + ".pattern", name);
        p.put(file + ".limit", String.valueOf(BYTES));
        p.put(file + ".count", String.valueOf(FILES));
        p.put(file + ".append", "true");
        p.put(file + ".formatter", SimpleFormatter.class.getName());
        p.put(".level", "INFO");
        p.put("dev.ichor.level", "FINE");
        return p;
    }
}
