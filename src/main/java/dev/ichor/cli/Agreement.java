package dev.ichor.cli;

import java.io.Console;
import java.io.IOException;
import java.io.PrintWriter;
import java.util.List;

/// Shows what is to be written to a device, and writes it when the owner agrees.
///
/// @param device as in "Write this to the router?"
/// @param yes whether the owner has agreed already
record Agreement(String device, boolean yes, PrintWriter out) {
    /// Something that writes to the device.
    interface Writing {
        void run() throws IOException, InterruptedException;
    }

    void write(List<String> differences, Writing writing) throws IOException, InterruptedException {
        if (differences.isEmpty()) {
            out.println("Nothing is to be changed.");
            return;
        }
        if (agreed(differences, "Write this to ")) {
            writing.run();
            out.println("Written, and read back.");
        } else {
            out.println("Nothing was written.");
        }
    }

    /// Shows commands, and has them run on the device when the owner agrees.
    void run(List<String> commands, Writing running) throws IOException, InterruptedException {
        if (agreed(commands, "Run this on ")) {
            running.run();
        } else {
            out.println("Nothing was done.");
        }
    }

    private boolean agreed(List<String> lines, String question) {
        lines.forEach(out::println);
        out.flush();
        return yes || to(question + device + "? [y/N] ");
    }

    /// Asks at the terminal; no where there is none.
    static boolean to(String question) {
        Console console = Terminals.console();
        return console != null && "y".equalsIgnoreCase(console.readLine("%s", question));
    }
}
