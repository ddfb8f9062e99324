package dev.ichor;

import dev.ichor.cli.Cli;

import java.io.PrintWriter;
import java.nio.channels.spi.SelectorProvider;
import java.nio.charset.StandardCharsets;

/// The program: wires everything by hand and hands over to the command line, which opens the wizard
/// when told nothing else. Not a JavaFX `Application`, so that the toolkit loads from the class
/// path without complaint.
public final class Ichor {
    /// What Java ends up with on Linux.
    private static final String SELECTOR = "sun.nio.ch.EPollSelectorProvider";

    private Ichor() {}

    /// Runs until the command is done; the exit code is the command's.
    public static void main(String[] args) {
        Logs.whenNeeded();
        Thread.setDefaultUncaughtExceptionHandler((thread, e) ->
                System.getLogger(Ichor.class.getName())
                        .log(System.Logger.Level.ERROR, "died: " + thread.getName(), e));
        takeSystemsSelector();
        // Before the first connection, or Java never looks at the system's settings. Only what is
        // fetched from the internet goes by a proxy.
        System.setProperty("java.net.useSystemProxies", "true");
        PrintWriter out = new PrintWriter(System.out, false, StandardCharsets.UTF_8);
        PrintWriter err = new PrintWriter(System.err, true, StandardCharsets.UTF_8);
        try {
            System.exit(Cli.run(args, new Wiring(), out, err));
        } catch (LinkageError e) {
            err.println("This copy of Ichor is damaged: " + e + ". Install it again.");
            System.exit(Cli.PROBLEM);
        }
    }

    /// Unless it is told which one to take, Java looks for another provider of sockets in every jar
    /// of the class path, which is a third of the time until the ports are open.
    private static void takeSystemsSelector() {
        try {
            System.setProperty(SelectorProvider.class.getName(), Class.forName(SELECTOR).getName());
        } catch (ClassNotFoundException e) {
            // Another system, or another Java: then it takes the moment to look.
        }
    }
}
