package dev.ichor.cli;

import picocli.CommandLine;
import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Spec;

import java.util.Arrays;
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
    /// of all others no more than the help says. Without a word it is the demo that may be run.
    ///
    /// @param factory makes the commands
    static CommandLine line(Platform platform, CommandLine.IFactory factory, String... args) {
        CommandLine line = new CommandLine(new IchorCommand(platform), factory);
        String word =
                Arrays.stream(args).filter(a -> !a.startsWith("-")).findFirst().orElse("demo");
        boolean listed = args.length > 0 && COMMANDS.stream().noneMatch(c -> isNamed(c, args[0]));
        for (Class<?> command : COMMANDS) {
            if (isNamed(command, word)) {
                line.addSubcommand(command);
            } else if (listed) {
                line.addSubcommand(inShort(command));
            }
        }
        return line;
    }

    private static CommandSpec inShort(Class<?> command) {
        Command words = command.getAnnotation(Command.class);
        CommandSpec spec = CommandSpec.create().name(words.name());
        spec.usageMessage().description(words.description());
        return spec;
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
