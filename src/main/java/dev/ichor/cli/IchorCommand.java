package dev.ichor.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.List;
import java.util.concurrent.Callable;

/// `ichor` alone opens the wizard; on a machine without a display it runs the demo in the terminal.
@Command(
        name = "ichor",
        addMethodSubcommands = false,
        mixinStandardHelpOptions = true,
        versionProvider = Version.class,
        description =
                "From a drawer of thin clients to a running Talos Kubernetes cluster. Without a"
                        + " command: the wizard.",
        exitCodeListHeading = "Exit codes:%n",
        exitCodeList = {"0:good", "1:a problem, told in words", "2:wrong usage"})
final class IchorCommand implements Callable<Integer> {
    private static final List<Class<?>> COMMANDS =
            List.of(
                    DemoCommand.class,
                    DiscoverCommand.class,
                    RolesCommand.class,
                    GenCommand.class,
                    SecretsCommand.class,
                    ImportCommand.class,
                    FetchCommand.class,
                    CacheCommand.class,
                    AssembleCommand.class,
                    DeployCommand.class,
                    ServeCommand.class,
                    UpCommand.class,
                    NodeCommand.class,
                    DiskCommand.class,
                    WatchCommand.class,
                    ApproveCommand.class,
                    WakeCommand.class,
                    RouterCommand.class,
                    NasCommand.class,
                    ArmCommand.class,
                    ArmCommand.Disarm.class,
                    WipeCommand.Reinstall.class,
                    WipeCommand.class,
                    OnceCommand.class,
                    OnceCommand.OtherLoader.class,
                    DoctorCommand.class,
                    ExportCommand.class,
                    GuideCommand.class);

    private final Platform platform;

    @Spec private CommandSpec spec;

    IchorCommand(Platform platform) {
        this.platform = platform;
        this.spec = CommandSpec.create();
    }

    /// The command line with the one command that is asked for, since each costs time to look into;
    /// with all when none is named, for the help and for a misspelt name.
    ///
    /// @param factory makes the commands
    static CommandLine line(Platform platform, CommandLine.IFactory factory, String... args) {
        CommandLine line = new CommandLine(new IchorCommand(platform), factory);
        List<Class<?>> asked =
                COMMANDS.stream().filter(c -> args.length > 0 && isNamed(c, args[0])).toList();
        for (Class<?> command : asked.isEmpty() ? COMMANDS : asked) {
            line.addSubcommand(command);
        }
        return line;
    }

    private static boolean isNamed(Class<?> command, String name) {
        return command.getAnnotation(Command.class).name().equals(name);
    }

    @Override
    public Integer call() throws Exception {
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
