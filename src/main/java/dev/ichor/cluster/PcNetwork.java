package dev.ichor.cluster;

import java.util.EnumSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;

/// How this PC is tied to its networks: the ways out, and what its firewall lets in.
///
/// @param gateways the routers of its default routes
/// @param profiles what Windows calls the network of each of its addresses; empty elsewhere
/// @param guarded where the firewall is on
/// @param rules what it says about this program
/// @param cure the commands that let this program in, as an administrator types them, or empty
public record PcNetwork(
        List<Ip4> gateways,
        Map<Ip4, Profile> profiles,
        Set<Profile> guarded,
        List<Rule> rules,
        String cure) {
    /// Nothing is known, and nothing stands in the way.
    public static final PcNetwork OPEN =
            new PcNetwork(List.of(), Map.of(), Set.of(), List.of(), "");

    /// What Windows calls a network; its firewall has rules for each.
    public enum Profile {
        DOMAIN,
        PRIVATE,
        PUBLIC
    }

    /// A firewall rule about what comes in to this program.
    ///
    /// @param allows whether it lets it in; a rule that blocks wins over one that allows
    /// @param profiles where it holds
    /// @param transports what it is about
    public record Rule(boolean allows, Set<Profile> profiles, Set<PortOwner.Transport> transports) {
        /// Copies the sets.
        public Rule {
            profiles = Set.copyOf(profiles);
            transports = Set.copyOf(transports);
        }
    }

    /// Copies.
    public PcNetwork {
        gateways = List.copyOf(gateways);
        profiles = Map.copyOf(profiles);
        guarded = Set.copyOf(guarded);
        rules = List.copyOf(rules);
    }

    /// The network's profile where the firewall is on.
    public Optional<Profile> guard(Ip4 address) {
        return Optional.ofNullable(profiles.get(address)).filter(guarded::contains);
    }

    /// Whether a rule blocks this program there.
    public boolean blocks(Profile at) {
        return rules.stream().anyMatch(r -> !r.allows() && r.profiles().contains(at));
    }

    /// Whether rules let UDP and TCP in there.
    public boolean admits(Profile at) {
        Set<PortOwner.Transport> in = EnumSet.noneOf(PortOwner.Transport.class);
        rules.stream()
                .filter(r -> r.allows() && r.profiles().contains(at))
                .forEach(r -> in.addAll(r.transports()));
        return in.size() == PortOwner.Transport.values().length;
    }
}
