package dev.ichor.router;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// How a network shall be set for the machines to boot.
///
/// @param boot what the router tells them
/// @param trusted who answers beside the router; matters where it guards DHCP
/// @param fixed host name and address by MAC
public record Wish(Change.Boot boot, List<String> trusted, SortedMap<Mac, Host> fixed) {
    /// UniFi has three fields for trusted servers.
    private static final int MOST_TRUSTED = 3;

    /// A machine with a fixed address.
    public record Host(String name, String address) {}

    /// Copies both; refuses what a router takes but no machine can use.
    public Wish {
        if (boot.on()
                && (boot.server().isBlank()
                        || boot.file().isBlank()
                        || boot.file().contains("://"))) {
            throw new IllegalArgumentException("network boot needs a server and a plain name");
        }
        trusted = List.copyOf(trusted);
        fixed = Collections.unmodifiableSortedMap(new TreeMap<>(fixed));
    }

    /// What has to change, in the order of doing; empty when all is as wished.
    ///
    /// @throws ProblemException when the router has no place left for a trusted server
    public List<Change> changes(Settings.Network network, Settings now) throws ProblemException {
        List<Change> all = new ArrayList<>();
        trust(network).ifPresent(all::add);
        fixed.forEach((mac, host) -> {
            String before = now.fixed().getOrDefault(mac, "");
            if (!before.equals(host.address())) {
                all.add(new Change.Reserve(mac, host.name(), network.id(), before, host.address()));
            }
        });
        if (!boot.same(network.boot())) {
            all.add(new Change.NetworkBoot(network.id(), network.name(), network.boot(), boot));
        }
        return all;
    }

    private Optional<Change> trust(Settings.Network network) throws ProblemException {
        List<String> after = new ArrayList<>(network.trusted());
        trusted.stream().filter(t -> !after.contains(t)).forEach(after::add);
        if (!network.guarded() || after.equals(network.trusted())) {
            return Optional.empty();
        }
        if (after.size() > MOST_TRUSTED) {
            throw new ProblemException(
                    "The router guards DHCP and has no place for another trusted server.",
                    "It takes three: " + String.join(", ", network.trusted()) + ".",
                    "Remove one of them in the router, then try again.");
        }
        return Optional.of(
                new Change.Trust(network.id(), network.name(), network.trusted(), after));
    }
}
