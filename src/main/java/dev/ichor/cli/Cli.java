package dev.ichor.cli;

import dev.ichor.cluster.ProblemException;

import picocli.CommandLine;

import java.io.IOException;
import java.io.PrintWriter;

/// The command line: the same engine as the wizard, without a screen.
public final class Cli {
    /// Good.
    public static final int OK = 0;

    /// A problem of the owner's, told in words.
    public static final int PROBLEM = 1;

    private Cli() {}

    /// Runs one command.
    ///
    /// @return 0 good, 1 a problem of the owner's, 2 wrong usage
    public static int run(String[] args, Platform platform, PrintWriter out, PrintWriter err) {
        // Else picocli looks for Groovy in every jar.
        System.setProperty("picocli.disable.closures", "true");
        CommandLine line = IchorCommand.line(platform, new Factory(platform), args);
        line.setOut(out);
        line.setErr(err);
        line.setCaseInsensitiveEnumValuesAllowed(true);
        line.setExecutionExceptionHandler((e, command, parsed) -> tell(e, command.getErr()));
        int exit = line.execute(args);
        out.flush();
        err.flush();
        return exit;
    }

    private static int tell(Exception e, PrintWriter err) {
        System.getLogger(Cli.class.getName()).log(System.Logger.Level.DEBUG, "command failed", e);
        err.println(
                switch (e) {
                    case ProblemException p -> p.problem().toString();
                    case IOException io -> "That did not work: " + io.getMessage();
                    case InterruptedException _ -> "Stopped.";
                    default -> "Ichor has a fault: " + e;
                });
        return PROBLEM;
    }

    /// Commands that need the wiring take it as their constructor's one argument.
    private record Factory(Platform platform) implements CommandLine.IFactory {
        @Override
        public <K> K create(Class<K> type) throws Exception {
            try {
                return type.getDeclaredConstructor(Platform.class).newInstance(platform);
            } catch (NoSuchMethodException e) {
                return CommandLine.defaultFactory().create(type);
            }
        }
    }
}
