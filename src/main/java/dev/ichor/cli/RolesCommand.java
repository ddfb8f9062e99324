package dev.ichor.cli;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.Subnet;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Roles;

import org.jspecify.annotations.Nullable;

import picocli.CommandLine.Command;
import picocli.CommandLine.Mixin;
import picocli.CommandLine.Model.CommandSpec;
import picocli.CommandLine.Option;
import picocli.CommandLine.ParameterException;
import picocli.CommandLine.Spec;

import java.io.PrintWriter;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.Callable;

/// `ichor roles`: who does what.
@Command(
        name = "roles",
        mixinStandardHelpOptions = true,
        description =
                "Suggests roles for the machines that were found: the strongest become control"
                        + " planes, an odd number. What stands is kept.")
final class RolesCommand implements Callable<Integer> {
    @Spec private CommandSpec spec = CommandSpec.create();
    @Mixin private ClusterArg cluster = new ClusterArg();

    @Option(
            names = "--names",
            paramLabel = "PATTERN",
            description = "Names all by a pattern, such as futro-{n} or {role}-{n}.")
    private @Nullable String names;

    @Option(
            names = "--addresses",
            paramLabel = "FIRST/PREFIX",
            description = "Gives all fixed addresses in a row, such as 192.168.1.51/24.")
    private @Nullable String addresses;

    @Option(
            names = "--gateway",
            paramLabel = "ADDRESS",
            description = "The router, with --addresses; it is their name server, too.")
    private @Nullable String gateway;

    @Option(names = "--write", description = "Writes it to the cluster's folder.")
    private boolean write;

    @Override
    public Integer call() throws Exception {
        ClusterFolder folder = new ClusterFolder(cluster.dir);
        Draft was = folder.read();
        Draft d = Roles.suggest(was);
        if (names != null) {
            d = Roles.rename(d, names);
        }
        if (addresses != null) {
            d = Roles.reserve(d, first());
        }
        PrintWriter out = spec.commandLine().getOut();
        show(d, out);
        d.problems().forEach(out::println);
        if (write) {
            folder.write(d);
        } else if (!d.equals(was)) {
            out.println("Nothing was written; add --write to keep it.");
        }
        return Cli.OK;
    }

    private static void show(Draft d, PrintWriter out) {
        d.wishes().forEach((mac, wish) -> out.println(row(d, mac, wish)));
    }

    private static String row(Draft d, Mac mac, Draft.Wish wish) {
        Machine m = d.machine(mac);
        FixedAddress fixed = wish.fixed();
        String role = wish.role() == Role.CONTROL_PLANE ? "control plane" : "worker";
        String address = fixed == null ? "by DHCP" : fixed.toString();
        int mib = m.hardware().memoryMiB();
        return String.format(
                        "%s  %-16s %-14s %-18s %s%s",
                        mac,
                        wish.hostname(),
                        role,
                        address,
                        m.hardware().model(),
                        mib == 0 ? "" : " " + mib + " MiB")
                .stripTrailing();
    }

    private FixedAddress first() {
        Optional<Subnet> net = Subnet.parse(String.valueOf(addresses));
        Optional<Ip4> router = Ip4.parse(String.valueOf(gateway));
        if (net.isEmpty() || router.isEmpty()) {
            throw new ParameterException(
                    spec.commandLine(),
                    "Fixed addresses are given as --addresses 192.168.1.51/24 --gateway"
                            + " 192.168.1.1.");
        }
        return new FixedAddress(
                net.get().address(), net.get().prefix(), router.get(), List.of(router.get()));
    }
}
