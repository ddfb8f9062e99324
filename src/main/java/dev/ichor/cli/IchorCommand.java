package dev.ichor.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.concurrent.Callable;

/// `ichor` alone opens the wizard; on a machine without a display it runs the demo in the terminal.
@Command(
        name = "ichor",
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "From a drawer of thin clients to a running Talos Kubernetes cluster. Without a"
                        + " command: the wizard.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:good", "1:a problem, told in words", "2:wrong usage"},
        subcommands = {
            DemoCommand.class,
            DiscoverCommand.class,
            GenCommand.class,
            SecretsCommand.class,
            ImportCommand.class,
            FetchCommand.class,
            CacheCommand.class,
            AssembleCommand.class,
            DeployCommand.class,
            ServeCommand.class,
            WatchCommand.class,
            ApproveCommand.class,
            WakeCommand.class,
            ArmCommand.class,
            ArmCommand.Disarm.class,
            WipeCommand.Reinstall.class,
            WipeCommand.class,
            DoctorCommand.class,
            ExportCommand.class,
        })
final class IchorCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec;

    IchorCommand(Platform platform) {
        this.platform = platform;
        this.spec = CommandSpec.create();
    }

    @Override
    public Integer call() {
        if (platform.wizard()) {
            return Cli.OK;
        }
        CommandLine line = spec.commandLine();
        line.getOut()
                .println(
                        "There is no display here, so the demo runs in the terminal; ichor --help"
                                + " lists the commands.");
        line.getOut().flush();
        return line.execute("demo");
    }
}
