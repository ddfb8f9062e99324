package dev.ichor.diagnosis;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.PcNetwork;
import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.RouterReport;

import java.time.Duration;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.function.Function;
import java.util.stream.Stream;

/// Whether this PC can serve, before it does: from what was read once to findings, the worst first.
public final class HostRules {
    /// Certificates begin now; a node whose clock is right does not accept what begins tomorrow.
    private static final Duration CLOCK_TOLERANCE = Duration.ofMinutes(1);

    private static final List<Function<HostFacts, Stream<Finding>>> ALL =
            List.of(
                    HostRules::taken,
                    HostRules::firewall,
                    HostRules::adapter,
                    HostRules::servers,
                    HostRules::router,
                    HostRules::loaders,
                    HostRules::clock,
                    HostRules::rooms,
                    HostRules::nas);

    private HostRules() {}

    /// All that is wrong.
    public static List<Finding> findings(HostFacts facts) {
        return ALL.stream()
                .flatMap(r -> r.apply(facts))
                .sorted(Comparator.comparing(Finding::cause))
                .toList();
    }

    /// Who has a port that could not be opened, in words.
    ///
    /// @param what the sentence that says so
    /// @param all the other programs' ports
    /// @param at our address
    /// @return empty when nobody is seen to have it
    public static Optional<Problem> taken(
            String what, HostFacts.Port port, List<PortOwner> all, Ip4 at) {
        return owner(port, all, at)
                .map(o -> {
                    Program p = Program.of(o);
                    return new Problem(what, has(p, o), p.cure());
                });
    }

    private static Optional<PortOwner> owner(HostFacts.Port port, List<PortOwner> all, Ip4 at) {
        return all.stream().filter(o -> o.keeps(port.transport(), port.number(), at)).findFirst();
    }

    private static String has(Program p, PortOwner o) {
        String name = Character.toUpperCase(p.name().charAt(0)) + p.name().substring(1);
        return name + (o.pid() == 0 ? "" : " (process " + o.pid() + ")") + " has it.";
    }

    /// A server of ours that runs already is none.
    private static Stream<Finding> taken(HostFacts f) {
        List<Finding> all = new ArrayList<>();
        for (HostFacts.Port port : f.ports()) {
            Stream.ofNullable(f.chosen())
                    .flatMap(on -> owner(port, f.listeners(), on.address()).stream())
                    .filter(o -> !o.program().equals(PortOwner.ICHOR))
                    .forEach(o -> {
                        Program p = Program.of(o);
                        all.add(
                                found(
                                        f,
                                        Cause.PORT_TAKEN,
                                        port.service() + " needs " + port + ", which is taken.",
                                        has(p, o),
                                        p.cure()));
                    });
        }
        return all.stream();
    }

    private static Stream<Finding> firewall(HostFacts f) {
        PcNetwork net = f.network();
        return net.guard(f.self()).stream()
                .filter(p -> net.blocks(p) || !net.admits(p))
                .map(p ->
                        new Finding(
                                Cause.FIREWALL,
                                null,
                                "The firewall of this PC lets no machine in to Ichor.",
                                (net.blocks(p) ? "a rule blocks Ichor" : "no rule lets Ichor in")
                                        + " on a network that Windows calls "
                                        + p.name().toLowerCase(java.util.Locale.ROOT),
                                (p == PcNetwork.Profile.PUBLIC
                                                ? "If this network is yours, call it private in"
                                                        + " Windows' settings, and let Ichor in."
                                                : "Let Ichor in.")
                                        + " As administrator:\n"
                                        + net.cure(),
                                Remedy.LET_IN,
                                f.at()));
    }

    private static Stream<Finding> adapter(HostFacts f) {
        Adapter a = f.chosen();
        if (a == null) {
            return one(
                    f,
                    Cause.ADAPTER,
                    "This PC is on no network.",
                    "no adapter is up and has an address",
                    "Plug in the network cable, or switch Wi-Fi on.");
        }
        List<Adapter> real = f.adapters().stream().filter(o -> !o.virtual()).toList();
        if (a.virtual() && !real.isEmpty()) {
            return one(
                    f,
                    Cause.ADAPTER,
                    "The chosen network looks like a VPN or a virtual one; no machine is on it.",
                    a.label(),
                    "Choose the home network instead: " + real.getFirst().label() + ".");
        }
        Optional<Adapter> cable = real.stream().filter(o -> !o.wireless()).findFirst();
        if (a.wireless() && cable.isPresent()) {
            return one(
                    f,
                    Cause.ADAPTER,
                    "Wi-Fi is chosen, and this PC has a cable, too.",
                    a.label(),
                    "Choose the cable: "
                            + cable.get().label()
                            + ". Over Wi-Fi Talos loads slowly.");
        }
        return real.stream()
                .filter(o -> o.leaving() && !a.leaving() && !o.subnet().equals(a.subnet()))
                .findFirst()
                .stream()
                .flatMap(o ->
                        one(
                                f,
                                Cause.ADAPTER,
                                "This PC is on several networks, and the chosen one does not lead"
                                        + " to the internet.",
                                a.label() + "; the way out is " + o.label(),
                                "Choose the network that the machines are on; to install they need"
                                        + " the internet."));
    }

    private static Stream<Finding> servers(HostFacts f) {
        RouterReport r = f.router();
        if (r == null) {
            return Stream.empty();
        }
        Set<Object> servers = new HashSet<>();
        r.answers().forEach(a -> servers.add(a.server()));
        return r.good() && servers.size() < 2
                ? Stream.empty()
                : Stream.of(
                        new Finding(
                                Cause.SECOND_SERVER,
                                null,
                                r.verdict(),
                                servers.size() + " DHCP servers answered",
                                "Only one server of a network may hand out addresses, and only one"
                                        + " may name what to boot.",
                                Remedy.PROBE_ROUTER,
                                f.at()));
    }

    private static Stream<Finding> router(HostFacts f) {
        return Stream.ofNullable(f.around().deadRouter())
                .flatMap(ip ->
                        one(
                                f,
                                Cause.ROUTER_SILENT,
                                "The router does not answer this PC.",
                                ip + " is not reached",
                                "Check the cable, and that the chosen network is the home"
                                        + " network."));
    }

    private static Stream<Finding> loaders(HostFacts f) {
        Problem p = f.around().noLoader();
        return p == null ? Stream.empty() : one(f, Cause.NO_LOADERS, p.what(), p.why(), p.remedy());
    }

    private static Stream<Finding> clock(HostFacts f) {
        return Stream.ofNullable(f.around().clockAhead())
                .filter(d -> d.abs().compareTo(CLOCK_TOLERANCE) > 0)
                .flatMap(d ->
                        one(
                                f,
                                Cause.PC_CLOCK,
                                "This PC's clock is wrong: machines would not accept the"
                                        + " certificates it makes.",
                                length(d.abs()) + (d.isNegative() ? " behind" : " ahead"),
                                "Set it by the internet: Windows' settings, Time and language; or"
                                        + " sudo timedatectl set-ntp true."));
    }

    private static String length(Duration d) {
        return d.toDays() > 0
                ? d.toDays() + " days"
                : d.toHours() > 0 ? d.toHours() + " hours" : d.toMinutes() + " minutes";
    }

    private static Stream<Finding> rooms(HostFacts f) {
        return f.around().rooms().stream()
                .filter(r -> r.free() < r.needed())
                .flatMap(r ->
                        one(
                                f,
                                Cause.PC_DISK,
                                "There is little room left for " + r.what() + ".",
                                (r.free() >> 20) + " MiB free at " + r.where(),
                                "Make room: " + (r.needed() >> 20) + " MiB are needed."));
    }

    private static Stream<Finding> nas(HostFacts f) {
        return Stream.of(f.around().deadNas())
                .filter(n -> !n.isEmpty())
                .flatMap(n ->
                        one(
                                f,
                                Cause.NAS_SILENT,
                                "The NAS does not answer.",
                                n + " cannot be opened",
                                "Switch it on, and check its address and that its service is on"
                                        + " (step 6). Booting from this PC works without it."));
    }

    private static Stream<Finding> one(
            HostFacts f, Cause cause, String what, String evidence, String advice) {
        return Stream.of(found(f, cause, what, evidence, advice));
    }

    private static Finding found(
            HostFacts f, Cause cause, String what, String evidence, String advice) {
        return new Finding(cause, null, what, evidence, advice, Remedy.NONE, f.at());
    }
}
