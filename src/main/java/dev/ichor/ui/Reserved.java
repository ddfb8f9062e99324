package dev.ichor.ui;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.RouterReport;
import dev.ichor.cluster.Subnet;
import dev.ichor.steps.Snapshot;

import java.util.List;
import java.util.Optional;

/// Fixed addresses as the owner types them: what is left out is taken from the network that was
/// looked at in step 1.
final class Reserved {
    private Reserved() {}

    /// The PC's own address with its network and the DHCP server, which is the router in a home
    /// network, and the first address there where none answered.
    static Optional<FixedAddress> network(Snapshot s) {
        return s.results().adapters().stream()
                .filter(a -> a.id().equals(s.draft().adapter()))
                .map(Adapter::subnet)
                .findFirst()
                .map(net -> at(net, router(s, net)));
    }

    private static Ip4 router(Snapshot s, Subnet net) {
        RouterReport report = s.results().router();
        return Optional.ofNullable(report).stream()
                .flatMap(r -> r.answers().stream())
                .map(RouterReport.Answer::server)
                .filter(net::contains)
                .findFirst()
                .orElse(net.network().plus(1));
    }

    private static FixedAddress at(Subnet net, Ip4 router) {
        return new FixedAddress(net.address(), net.prefix(), router, List.of(router));
    }

    /// `ADDRESS`, `ADDRESS/PREFIX ROUTER`, or nothing that can be used.
    static Optional<FixedAddress> parse(String typed, Optional<FixedAddress> network) {
        String[] words = typed.strip().split("\\s+");
        if (words.length == 2) {
            return Subnet.parse(words[0])
                    .flatMap(net -> Ip4.parse(words[1]).map(router -> at(net, router)));
        }
        return network.flatMap(
                n -> Ip4.parse(typed).map(first -> at(new Subnet(first, n.prefix()), n.gateway())));
    }
}
