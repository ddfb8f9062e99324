package dev.ichor.cli;

import dev.ichor.steps.Generate;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.nio.file.Path;
import java.util.List;
import java.util.concurrent.Callable;

/// `ichor gen`: what `talosctl gen config` writes, without talosctl.
@Command(
        name = "gen",
        addMethodSubcommands = false,
        mixinStandardHelpOptions = true,
        description =
                "Writes controlplane.yaml, worker.yaml and talosconfig, as talosctl gen config"
                        + " does.")
final class GenCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(index = "0", paramLabel = "CLUSTER", description = "The cluster's name.")
    private String cluster = "";

    @Parameters(
            index = "1",
            paramLabel = "ENDPOINT",
            description = "Kubernetes API, https://ADDRESS:6443.")
    private String endpoint = "";

    @Option(
            names = "--with-secrets",
            paramLabel = "FILE",
            description = "talosctl's secrets.yaml; new ones are made and written when left out.")
    private @Nullable Path secrets;

    @Option(
            names = "--talos-version",
            paramLabel = "V",
            defaultValue = "v1.13.9",
            description = "Default ${DEFAULT-VALUE}.")
    private String talos = "";

    @Option(
            names = "--kubernetes-version",
            paramLabel = "V",
            defaultValue = "1.36.3",
            description = "Default ${DEFAULT-VALUE}.")
    private String kubernetes = "";

    @Option(
            names = "--install-disk",
            paramLabel = "DISK",
            defaultValue = "/dev/sda",
            description = "Default ${DEFAULT-VALUE}.")
    private String disk = "";

    @Option(
            names = "--output",
            paramLabel = "DIR",
            defaultValue = ".",
            description = "Where to write; files that are there are replaced with --force only.")
    private Path output = Path.of(".");

    @Option(
            names = "--force",
            description = "Replace configs and talosconfig that are there; never secrets.yaml.")
    private boolean force;

    @Option(
            names = "--config-patch",
            paramLabel = "PATCH",
            description = "@FILE or the text of a patch for all configs; may repeat.")
    private List<String> patches = List.of();

    @Option(
            names = "--config-patch-control-plane",
            paramLabel = "PATCH",
            description = "The same for control planes.")
    private List<String> controlPlanePatches = List.of();

    @Option(
            names = "--config-patch-worker",
            paramLabel = "PATCH",
            description = "The same for workers.")
    private List<String> workerPatches = List.of();

    @Option(
            names = "--with-cluster-discovery",
            arity = "0..1",
            fallbackValue = "true",
            defaultValue = "true",
            paramLabel = "YES",
            description = "Whether machines look for each other; default ${DEFAULT-VALUE}.")
    private boolean discovery = true;

    @Option(
            names = "--talos-endpoints",
            split = ",",
            paramLabel = "A,B",
            description = "Control planes that talosconfig calls.")
    private List<String> endpoints = List.of();

    @Option(
            names = "--talos-nodes",
            split = ",",
            paramLabel = "A,B",
            description = "Machines that talosconfig means when none are named.")
    private List<String> nodes = List.of();

    @Option(
            names = "--machine",
            paramLabel = "NAME:ROLE[:@PATCH]",
            description = "Also writes NAME.yaml, with its host name; may repeat.")
    private List<String> machines = List.of();

    @Option(
            names = "--install-image",
            paramLabel = "IMAGE",
            description = "Installer image; the release's own when left out.")
    private @Nullable String image;

    @Option(
            names = "--additional-sans",
            split = ",",
            paramLabel = "A,B",
            description = "More names and addresses of the Talos and the Kubernetes API.")
    private List<String> sans = List.of();

    @Option(
            names = "--dns-domain",
            paramLabel = "DOMAIN",
            defaultValue = "cluster.local",
            description = "The cluster's own domain; default ${DEFAULT-VALUE}.")
    private String dnsDomain = "";

    GenCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        String note = Generate.note(talos);
        if (!note.isEmpty()) {
            spec.commandLine().getErr().println(note);
        }
        Generate.Wish wish =
                new Generate.Wish(
                        cluster,
                        endpoint,
                        talos,
                        kubernetes,
                        disk,
                        image,
                        sans,
                        dnsDomain,
                        discovery);
        Generate.More more =
                new Generate.More(
                        List.of(patches, controlPlanePatches, workerPatches),
                        machines,
                        endpoints,
                        nodes);
        Generate.run(wish, more, new Generate.Target(output, secrets, force), platform.world())
                .forEach(f -> spec.commandLine().getOut().println("wrote " + f));
        return Cli.OK;
    }
}
