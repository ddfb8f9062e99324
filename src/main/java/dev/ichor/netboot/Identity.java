package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

/// Which machine is behind an address, for what is shown. What may leave is decided in [Gate].
record Identity(Clients clients, Neighbours neighbours) {
    /// @param said the MAC it names itself, or null
    @Nullable Mac of(Ip4 ip, @Nullable Mac said) {
        Mac heard = clients.at(ip).map(Clients.Client::mac).orElse(said);
        return heard != null ? heard : neighbours.macOf(ip).orElse(null);
    }
}
