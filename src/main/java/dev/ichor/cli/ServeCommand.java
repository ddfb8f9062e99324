package dev.ichor.cli;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Mac;
import dev.ichor.steps.Serve;
import dev.ichor.steps.Session;
import dev.ichor.steps.World;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Parameters;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.concurrent.Callable;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.TimeUnit;

/// `ichor serve`: the boot server, until it is stopped.
@Command(
        name = "serve",
        addMethodSubcommands = false,
        mixinStandardHelpOptions = true,
        description =
                "Serves the network boot of a cluster, or of any Matchbox data folder, until"
                        + " stopped.")
final class ServeCommand implements Callable<Integer> {
    /// Who decides about configs.
    enum Approve {
        ask,
        all
    }

    /// How long a signal waits for the servers to stop.
    private static final long STOP_SECONDS = 5;

    private static final String ISOLATED =
            "Looking for other DHCP servers first; that takes a few seconds. This PC gives"
                + " addresses but no way out: to install, the machines need another way to their"
                + " image registry.";

    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Parameters(paramLabel = "CLUSTER_DIR", arity = "0..1", description = "The cluster's folder.")
    private @Nullable Path cluster;

    @Option(
            names = "--tree",
            paramLabel = "DIR",
            description = "A Matchbox data folder instead of a cluster.")
    private @Nullable Path tree;

    @Option(
            names = "--assets",
            paramLabel = "DIR",
            description = "What /assets shows; DIR/assets when left out.")
    private @Nullable Path assets;

    @Mixin private BindArg bind = new BindArg();

    @Option(
            names = "--http-port",
            paramLabel = "PORT",
            defaultValue = "8080",
            description = "Default ${DEFAULT-VALUE}; 0 takes a free one.")
    private int httpPort;

    @Option(
            names = "--tftp-port",
            paramLabel = "PORT",
            defaultValue = "69",
            description = "Default ${DEFAULT-VALUE}; 0 takes a free one.")
    private int tftpPort;

    @Option(
            names = "--dhcp",
            paramLabel = "HOW",
            description =
                    "proxy: answer beside the router; listen: only hear; lease: give out addresses"
                            + " on a cable or switch without a router; off. For a cluster its boot"
                            + " mode decides, else proxy.")
    private Serve.@Nullable Dhcp dhcp;

    @Option(
            names = "--approve",
            paramLabel = "WHO",
            description =
                    "ask: each machine's config waits for your word, the default; all: none waits,"
                            + " as with a Matchbox.")
    private @Nullable Approve approve;

    @Option(
            names = "--strangers",
            description =
                    "Let machines that are not in the plan boot to a page that shows their MAC and"
                            + " asks again.")
    private boolean strangers;

    @Option(
            names = "--configs-over-http",
            description =
                    "Hand configs out by HTTP, as older Talos needs it, though Talos 1.13 and newer"
                            + " can have them encrypted over the machine's own API.")
    private boolean overHttp;

    @Option(
            names = "--loader",
            paramLabel = "MAC=NAME",
            description =
                    "The boot loader for one machine, such as ipxe.efi; auto leaves it to"
                            + " experience. Remembered in the cluster's folder.")
    private Map<String, String> loaders = new LinkedHashMap<>();

    @Option(
            names = "--json",
            description = "One JSON line per event, and one when everything listens.")
    private boolean json;

    ServeCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        if ((cluster == null) == (tree == null)) {
            throw new ParameterException(
                    spec.commandLine(), "Name either a cluster folder or --tree DIR.");
        }
        int http = cluster != null && httpPort == 0 ? Serve.freePort() : httpPort;
        World world = platform.world().serving(tftpPort, http);
        CountDownLatch over = new CountDownLatch(1);
        stopOnSignal(Thread.currentThread(), over);
        if (dhcp == Serve.Dhcp.LEASE) {
            spec.commandLine().getErr().println(ISOLATED);
        }
        try {
            if (cluster != null) {
                serveCluster(cluster, world);
            } else if (tree != null) {
                serveTree(tree, world);
            }
            return Cli.OK;
        } catch (InterruptedException e) {
            return Cli.OK;
        } finally {
            over.countDown();
        }
    }

    private void serveCluster(Path dir, World world) throws Exception {
        try (Session session = StepCommand.open(dir, world, new ClusterArg.Terminal())) {
            session.bootLog().listen(this::show);
            Serve.cluster(session, options(approve == Approve.all), this::ready);
        }
    }

    private void serveTree(Path data, World world) throws Exception {
        boolean all = approve == Approve.all;
        if (all) {
            spec.commandLine()
                    .getErr()
                    .println(
                            "Whoever asks gets a machine's config, as from a Matchbox: without"
                                    + " --approve all they wait for your word.");
        }
        try (BootLog log = new BootLog()) {
            log.listen(this::show);
            Serve.tree(new Serve.Tree(data, assets), world, options(all), log, this::ready);
        }
    }

    private Serve.Options options(boolean approveAll) {
        return new Serve.Options(bind.address(), dhcp, approveAll, strangers, overHttp, chosen());
    }

    private Map<Mac, String> chosen() {
        Map<Mac, String> all = new LinkedHashMap<>();
        loaders.forEach((mac, name) ->
                all.put(
                        Mac.parse(mac)
                                .orElseThrow(() ->
                                        new ParameterException(
                                                spec.commandLine(),
                                                "--loader takes a MAC and a name, such as"
                                                        + " 4c:52:62:08:a3:ce=ipxe.efi.")),
                        name));
        return all;
    }

    private void ready(Serve.Listening on) {
        say(
                json
                        ? String.format(
                                "{\"event\":\"ready\",\"http\":%d,\"tftp\":%d,\"dhcp\":%s,\"pxe\":%s,\"control\":%d}",
                                on.http(), on.tftp(), on.dhcp(), on.pxe(), on.control())
                        : "Serving. Switch the machines on; Ctrl+C stops.");
    }

    private void show(BootEvent event) {
        if (json) {
            say(BootLog.line(event));
        } else {
            Lines.event(event).ifPresent(this::say);
        }
    }

    private synchronized void say(String line) {
        PrintWriter out = spec.commandLine().getOut();
        out.println(line);
        out.flush();
    }

    /// SIGTERM and Ctrl+C: the servers stop, the log is closed, then the program ends.
    private static void stopOnSignal(Thread serving, CountDownLatch over) {
        Runtime.getRuntime()
                .addShutdownHook(
                        new Thread(() -> {
                            if (over.getCount() > 0) {
                                serving.interrupt();
                            }
                            try {
                                over.await(STOP_SECONDS, TimeUnit.SECONDS);
                            } catch (InterruptedException e) {
                                Thread.currentThread().interrupt();
                            }
                        }));
    }
}
