package dev.ichor.cli;

import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.PrivateFiles;
import dev.ichor.steps.World;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.concurrent.Callable;

/// `ichor secrets`: what becomes of a cluster's secret files.
@Command(
        name = "secrets",
        mixinStandardHelpOptions = true,
        description =
                "Shows until when the certificates are good; renews, locks, saves and restores the"
                        + " secret files, and adds the cluster to kubectl's and talosctl's own.")
final class SecretsCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Mixin private ClusterArg.Terminal terminal = new ClusterArg.Terminal();

    @Parameters(index = "0", paramLabel = "ACTION", description = "${COMPLETION-CANDIDATES}")
    private Action action = Action.show;

    @Parameters(index = "1", paramLabel = "CLUSTER_DIR", description = "The cluster's folder.")
    private Path dir = Path.of(".");

    @Parameters(
            index = "2",
            arity = "0..1",
            paramLabel = "FILE",
            description =
                    "save, restore: the recovery kit. kubeconfig, talosconfig: where to add the"
                            + " cluster; else $KUBECONFIG, $TALOSCONFIG or the usual place.")
    private @Nullable Path file;

    @Option(
            names = "--replace",
            paramLabel = "NAME",
            defaultValue = "",
            description = "The cluster's name, to let restore replace other secrets.")
    private String confirmation = "";

    /// What to do.
    enum Action {
        show,
        renew,
        lock,
        unlock,
        save,
        restore,
        kubeconfig,
        talosconfig
    }

    SecretsCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        if (action == Action.restore) {
            java.nio.file.Files.createDirectories(dir);
        }
        World world = platform.world();
        PrivateFiles files = PrivateFiles.of(dir, world.clock(), world.random(), terminal);
        PrintWriter out = spec.commandLine().getOut();
        switch (action) {
            case show -> files.expiry().forEach(l -> out.println(l.sentence()));
            case renew -> {
                files.renew();
                out.println("talosconfig is good for another year.");
            }
            case lock -> {
                files.lock(terminal.newPassphrase());
                out.println("The secret files lie in private/private.age now; age -d opens it.");
            }
            case unlock -> {
                files.unlock();
                out.println("The secret files lie in private/ again.");
            }
            case save -> {
                files.exportKit(kit(), terminal.newPassphrase());
                out.println("wrote " + kit() + "; keep it and its passphrase apart.");
            }
            case restore ->
                    files.restoreKit(kit(), terminal.passphrase(kit()), confirmation)
                            .forEach(name -> out.println("restored " + name));
            case kubeconfig -> merged(files.mergeKubeconfig(place("KUBECONFIG", ".kube")), out);
            case talosconfig -> merged(files.mergeTalosconfig(place("TALOSCONFIG", ".talos")), out);
        }
        return Cli.OK;
    }

    private static void merged(PrivateFiles.Added done, PrintWriter out) {
        out.println("added the context " + done.context());
        done.backup().ifPresent(b -> out.println("the file before is kept as " + b));
    }

    private Path place(String variable, String folder) {
        if (file != null) {
            return file;
        }
        String named = System.getenv().getOrDefault(variable, "");
        String first = named.split(java.io.File.pathSeparator, 2)[0];
        return first.isEmpty()
                ? Path.of(System.getProperty("user.home"), folder, "config")
                : Path.of(first);
    }

    private Path kit() throws ProblemException {
        if (file == null) {
            throw new ProblemException(
                    "The recovery kit's file is missing.", "", "Name it after the folder.");
        }
        return file;
    }
}
