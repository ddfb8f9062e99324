package dev.ichor.router;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Subnet;

import java.util.Collections;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;

/// What a router has set, as far as network boot is concerned.
///
/// @param fixed addresses reserved by MAC
public record Settings(List<Network> networks, SortedMap<Mac, String> fixed) {
    /// One network.
    ///
    /// @param id the router's own name for it
    /// @param name as the owner calls it
    /// @param subnet with the router's address in it
    /// @param guarded whether only trusted DHCP servers may answer
    /// @param trusted those servers
    public record Network(
            String id,
            String name,
            Optional<Subnet> subnet,
            Change.Boot boot,
            boolean guarded,
            List<String> trusted) {
        /// Copies the list.
        public Network {
            trusted = List.copyOf(trusted);
        }
    }

    /// Copies both.
    public Settings {
        networks = List.copyOf(networks);
        fixed = Collections.unmodifiableSortedMap(new TreeMap<>(fixed));
    }

    /// The network an address lies in.
    public Optional<Network> around(Ip4 address) {
        return networks.stream()
                .filter(n -> n.subnet().filter(s -> s.contains(address)).isPresent())
                .findFirst();
    }

    /// Whether the router stands where the change begins.
    boolean isBefore(Change change) {
        return isAfter(change.undo());
    }

    /// Whether the router stands where the change ends.
    boolean isAfter(Change change) {
        return switch (change) {
            case Change.NetworkBoot c ->
                    of(c.id()).filter(n -> c.after().same(n.boot())).isPresent();
            case Change.Trust c ->
                    of(c.id()).filter(n -> c.after().equals(n.trusted())).isPresent();
            case Change.Reserve c -> fixed.getOrDefault(c.mac(), "").equals(c.after());
        };
    }

    private Optional<Network> of(String id) {
        return networks.stream().filter(n -> n.id().equals(id)).findFirst();
    }
}
