package dev.ichor.cli;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Sightings;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Discover;
import dev.ichor.steps.MachineTexts;
import dev.ichor.steps.Router;
import dev.ichor.steps.World;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.Spec;

import java.io.IOException;
import java.io.PrintWriter;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.ArrayList;
import java.util.Collection;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.concurrent.Callable;

/// `ichor discover`: who is on this network.
@Command(
        name = "discover",
        mixinStandardHelpOptions = true,
        description =
                "Sweeps the network and hears DHCP and PXE broadcasts; nothing is answered. A list"
                        + " and a UniFi console's clients are merged into what is found.")
final class DiscoverCommand implements Callable<Integer> {
    private final Platform platform;

    @Spec private CommandSpec spec = CommandSpec.create();

    @Option(
            names = "--adapter",
            paramLabel = "ID",
            description = "Network adapter; the likeliest when left out.")
    private @Nullable String adapter;

    @Option(
            names = "--listen",
            paramLabel = "SECONDS",
            defaultValue = "5",
            description = "How long to hear broadcasts after the sweep; default ${DEFAULT-VALUE}.")
    private int listen;

    @Option(names = "--large", description = "Search a network of more than 4,094 addresses, too.")
    private boolean large;

    @Option(
            names = "--list",
            paramLabel = "FILE",
            description =
                    "Adds the machines of a list: MACs, CSV, or what arp -a prints; - for standard"
                            + " input.")
    private @Nullable Path list;

    @Mixin private ConsoleArg console = new ConsoleArg();

    @Option(
            names = "--into",
            paramLabel = "CLUSTER_DIR",
            description = "Adds what was found to a cluster's machines.")
    private @Nullable Path into;

    @Option(names = "--json", description = "One JSON object for each machine.")
    private boolean json;

    DiscoverCommand(Platform platform) {
        this.platform = platform;
    }

    @Override
    public Integer call() throws Exception {
        World world = platform.world();
        Adapter on = choose(world.lan().adapters().list());
        PrintWriter out = spec.commandLine().getOut();
        Map<Mac, Machine> machines = new TreeMap<>();
        listed().forEach(m -> merge(machines, m));
        if (console.at().isPresent()) {
            Router.clients(console.at().get(), console.ask(platform))
                    .forEach(m -> merge(machines, m));
        }
        Optional<String> deaf =
                Discover.run(
                        world,
                        on,
                        new Discover.How(Duration.ofSeconds(listen), large),
                        m -> merge(machines, m),
                        Amount.IGNORE);
        synchronized (machines) {
            if (json) {
                machines.values().forEach(m -> out.println(MachineJson.line(m)));
            } else {
                out.printf("%s  %s%n", on.id(), on.subnet());
                rows(Sightings.of(machines.values()), out);
            }
        }
        if (into != null) {
            keep(new ClusterFolder(into), on, machines.values());
        }
        deaf.ifPresent(
                why -> spec.commandLine().getErr().println("Broadcasts were not heard. " + why));
        return Cli.OK;
    }

    private Adapter choose(List<Adapter> all) throws ProblemException {
        return all.stream()
                .filter(a -> adapter == null || a.id().equals(adapter))
                .findFirst()
                .orElseThrow(() ->
                        new ProblemException(
                                adapter == null
                                        ? "This PC has no network adapter that is up."
                                        : "There is no adapter " + adapter + ".",
                                "It has: "
                                        + String.join(", ", all.stream().map(Adapter::id).toList())
                                        + ".",
                                "Plug in the cable, or name another one."));
    }

    private static void keep(ClusterFolder folder, Adapter on, Collection<Machine> found)
            throws IOException {
        Draft d = folder.read();
        d = d.adapter().isEmpty() ? d.on(on.id()) : d;
        for (Machine m : found) {
            d = d.found(m);
        }
        folder.write(d);
    }

    private static void merge(Map<Mac, Machine> machines, Machine seen) {
        synchronized (machines) {
            machines.merge(seen.mac(), seen, Machine::merge);
        }
    }

    private List<Machine> listed() throws IOException {
        if (list == null) {
            return List.of();
        }
        String text =
                list.toString().equals("-")
                        ? new String(System.in.readAllBytes(), StandardCharsets.UTF_8)
                        : Files.readString(list);
        MachineTexts.Read read = MachineTexts.read(text);
        if (!read.odd().isEmpty()) {
            spec.commandLine().getErr().println("Not understood: " + read.odd());
        }
        return read.machines();
    }

    private static void rows(Sightings all, PrintWriter out) {
        all.likely().forEach(m -> out.println(row(m, all)));
        if (!all.likely().isEmpty() && !all.others().isEmpty()) {
            out.println("Probably no thin clients:");
        }
        all.others().forEach(m -> out.println(row(m, all)));
        out.printf(
                "%d found, %d of them likely%n",
                all.likely().size() + all.others().size(), all.likely().size());
    }

    private static String row(Machine m, Sightings all) {
        return String.format(
                        "%s  %-15s  %-24s %-8s %s",
                        m.mac(),
                        m.ip() == null ? "" : m.ip(),
                        m.vendor(),
                        m.firmware().label(),
                        String.join(", ", notes(m, all)))
                .stripTrailing();
    }

    private static List<String> notes(Machine m, Sightings all) {
        List<String> notes = new ArrayList<>();
        if (!m.name().isEmpty()) {
            notes.add(m.name());
        }
        if (m.pxe()) {
            notes.add("network boot");
        }
        if (m.ports().contains(Machine.TALOS_API)) {
            notes.add("Talos");
        }
        if (all.twice().contains(m.mac())) {
            notes.add("address or UUID twice");
        }
        return notes;
    }
}
