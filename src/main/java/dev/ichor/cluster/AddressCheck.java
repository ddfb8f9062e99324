package dev.ichor.cluster;

import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.regex.Pattern;

/// Checks addresses and the options for all machines, part of [Draft#problems()].
final class AddressCheck {
    /// A host name or an address; Talos takes any text here, and no browser does.
    private static final Pattern NAME =
            Pattern.compile("[A-Za-z0-9*]([A-Za-z0-9.:_-]*[A-Za-z0-9])?|::[0-9a-fA-F:]*");

    private static final Pattern URL = Pattern.compile("https?://[^\\s/]+(/\\S*)?");

    private AddressCheck() {}

    static void check(Draft d, List<Problem> all) {
        Map<Ip4, String> taken = new HashMap<>();
        d.wishes()
                .values()
                .forEach(w -> {
                    FixedAddress fixed = w.fixed();
                    if (fixed != null) {
                        address(w.hostname(), fixed, all);
                        String other = taken.put(fixed.address(), w.hostname());
                        if (other != null) {
                            all.add(twice(fixed.address(), other, w.hostname()));
                        }
                    }
                });
        Ip4 vip = d.options().vip();
        String holder = vip == null ? null : taken.get(vip);
        if (vip != null && holder != null) {
            all.add(twice(vip, holder, "the shared address"));
        }
        options(d.options(), all);
    }

    private static Problem twice(Ip4 address, String one, String other) {
        return new Problem(
                "The address " + address + " is given twice.",
                "It is that of " + one + " and of " + other + ".",
                "Change one of them.");
    }

    private static void address(String host, FixedAddress a, List<Problem> all) {
        if (a.prefix() < 1 || a.prefix() > 30) {
            all.add(
                    new Problem(
                            "The network of " + host + " cannot be a /" + a.prefix() + ".",
                            "",
                            "A home network is a /24 nearly always."));
            return;
        }
        int hosts = (1 << (32 - a.prefix())) - 1;
        int own = a.address().bits() & hosts;
        if (((a.address().bits() ^ a.gateway().bits()) & ~hosts) != 0) {
            all.add(
                    new Problem(
                            "The address " + a + " of " + host + " is outside the network.",
                            "Its gateway " + a.gateway() + " cannot be reached from there.",
                            "Give an address in the gateway's network."));
        } else if (own == 0 || own == hosts || a.address().equals(a.gateway())) {
            all.add(
                    new Problem(
                            a.address() + " cannot be the address of " + host + ".",
                            own == 0 || own == hosts
                                    ? "It is the network's own."
                                    : "It is the gateway's.",
                            "Give another one."));
        }
    }

    private static void options(ClusterOptions o, List<Problem> all) {
        for (String name : o.sans()) {
            if (!NAME.matcher(name).matches()) {
                all.add(
                        new Problem(
                                "\"" + name + "\" is no name or address of the APIs.",
                                "",
                                "Write a host name or an address."));
            }
        }
        for (String server : o.ntpServers()) {
            if (!NAME.matcher(server).matches()) {
                all.add(
                        new Problem(
                                "\"" + server + "\" is no time server.",
                                "",
                                "Write a host name or an address."));
            }
        }
        o.mirrors()
                .forEach(m ->
                        m.endpoints().stream()
                                .filter(e -> !URL.matcher(e).matches())
                                .forEach(e ->
                                        all.add(
                                                new Problem(
                                                        "The mirror \"" + e + "\" is no URL.",
                                                        "",
                                                        "Write it as https://HOST."))));
    }
}
