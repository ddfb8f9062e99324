package dev.ichor;

import dev.ichor.cli.Cli;

import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;

/// The program: wires everything by hand and hands over to the command line, which opens the wizard
/// when told nothing else. Not a JavaFX `Application`, so that the toolkit loads from the class
/// path without complaint.
public final class Ichor {
    private Ichor() {}

    /// Runs until the command is done; the exit code is the command's.
    public static void main(String[] args) {
        Logs.to(Folders.logs());
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        int exit = Cli.run(args, new Wiring(), out, err);
        System.exit(exit);
    }
}
