package dev.ichor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `ichor export`.
@Command(
        name = "export",
        mixinStandardHelpOptions = true,
        description = "Writes files for other boot servers. Not in this version yet.")
final class ExportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getErr().println("ichor export is not in this version yet.");
        return Cli.PROBLEM;
    }
}
