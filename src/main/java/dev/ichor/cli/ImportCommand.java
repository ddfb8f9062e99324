package dev.ichor.cli;

import dev.ichor.steps.Import;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `ichor import`: what was set up by hand becomes a cluster folder.
@Command(
        name = "import",
        mixinStandardHelpOptions = true,
        description =
                "Makes a cluster folder of a Matchbox folder, a folder of talosctl, or talhelper's"
                        + " talconfig.yaml. The source stays as it is.")
final class ImportCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "SOURCE", description = "The folder, or talconfig.yaml.")
    private Path source = Path.of(".");

    @Parameters(index = "1", paramLabel = "CLUSTER_DIR", description = "The new cluster's folder.")
    private Path into = Path.of(".");

    @Option(
            names = "--new-secrets",
            description = "Leave the old keys behind; the machines have to be reinstalled.")
    private boolean newSecrets;

    @Override
    public Integer call() throws Exception {
        Import.Report report = Import.run(source, into, newSecrets);
        PrintWriter out = spec.commandLine().getOut();
        report.taken().forEach(t -> out.println("took " + t));
        report.left().forEach(t -> out.println("left " + t));
        report.warnings().forEach(out::println);
        return Cli.OK;
    }
}
