package dev.ichor.cli;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `ichor doctor`.
@Command(
        name = "doctor",
        mixinStandardHelpOptions = true,
        description = "Says why a machine does not boot. Not in this version yet.")
final class DoctorCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Override
    public Integer call() {
        spec.commandLine().getErr().println("ichor doctor is not in this version yet.");
        return Cli.PROBLEM;
    }
}
