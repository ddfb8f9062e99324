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
            description = "Where to write; files that are there are not replaced.")
    private Path output = Path.of(".");

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
        Generate.Wish wish =
                new Generate.Wish(
                        cluster, endpoint, talos, kubernetes, disk, image, sans, dnsDomain);
        Generate.run(wish, secrets, output, platform.world())
                .forEach(f -> spec.commandLine().getOut().println("wrote " + f));
        return Cli.OK;
    }
}
