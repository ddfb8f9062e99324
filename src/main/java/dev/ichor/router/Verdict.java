package dev.ichor.router;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.RouterReport;

import java.util.List;
import java.util.Optional;
import java.util.function.Predicate;

/// What the answers mean for the owner.
final class Verdict {
    private Verdict() {}

    /// @param self this PC's address on the network asked
    static RouterReport of(List<Heard> heard, Ip4 self) {
        if (heard.isEmpty()) {
            return report(
                    heard,
                    "The router did not answer the test; some never do. Ichor can answer beside"
                            + " it.",
                    BootMode.PROXY,
                    true);
        }
        return proxy(heard)
                .or(() -> namedByOptionOnly(heard, self))
                .or(() -> namesAnother(heard, self))
                .or(() -> namesItself(heard))
                .orElseGet(() -> fine(heard, self));
    }

    private static Optional<RouterReport> proxy(List<Heard> heard) {
        return first(heard, Heard::isProxy)
                .map(h ->
                        report(
                                heard,
                                "Another network boot server at "
                                        + h.server()
                                        + " answers the machines, too. Switch it off first.",
                                BootMode.PROXY,
                                false));
    }

    private static Optional<RouterReport> namedByOptionOnly(List<Heard> heard, Ip4 self) {
        return first(heard, h -> h.tftpName().equals(self.toString()) && h.namesItself())
                .map(h ->
                        report(
                                heard,
                                "The router names this PC in options 66 and 67 only; machines go to"
                                        + " the router for their file. Use its Network Boot fields"
                                        + " instead of custom options.",
                                BootMode.ROUTER_TO_PC,
                                false));
    }

    private static Optional<RouterReport> namesAnother(List<Heard> heard, Ip4 self) {
        return first(
                        heard,
                        h -> h.namesFile() && !h.namesItself() && !h.answer().next().equals(self))
                .map(h ->
                        report(
                                heard,
                                "The router already names another boot server, "
                                        + h.answer().next()
                                        + " (file "
                                        + h.answer().file()
                                        + "), and machines obey it. Let it name this PC, or"
                                        + " nobody.",
                                BootMode.ROUTER_TO_PC,
                                false));
    }

    private static Optional<RouterReport> namesItself(List<Heard> heard) {
        return first(heard, h -> h.namesFile() && h.namesItself())
                .map(h ->
                        report(
                                heard,
                                "The router names itself as boot server (file "
                                        + h.answer().file()
                                        + "), and machines obey it. Clear that entry, or let it"
                                        + " name this PC.",
                                BootMode.ROUTER_TO_PC,
                                false));
    }

    private static RouterReport fine(List<Heard> heard, Ip4 self) {
        List<Ip4> servers = heard.stream().map(Heard::server).distinct().sorted().toList();
        String others =
                servers.size() == 1
                        ? ""
                        : " But there are several DHCP servers here: "
                                + String.join(", ", servers.stream().map(Ip4::toString).toList())
                                + ".";
        return first(heard, h -> h.namesFile() && h.answer().next().equals(self))
                .map(h ->
                        report(
                                heard,
                                "The router sends machines to this PC (file "
                                        + h.answer().file()
                                        + ")."
                                        + others,
                                BootMode.ROUTER_TO_PC,
                                true))
                .orElseGet(() ->
                        report(
                                heard,
                                "The router says nothing about network boot; Ichor can"
                                        + " answer beside it."
                                        + others,
                                BootMode.PROXY,
                                true));
    }

    private static Optional<Heard> first(List<Heard> heard, Predicate<Heard> test) {
        return heard.stream().filter(test).findFirst();
    }

    private static RouterReport report(
            List<Heard> heard, String verdict, BootMode advised, boolean good) {
        return new RouterReport(
                heard.stream().map(Heard::answer).distinct().toList(), verdict, advised, good);
    }
}
