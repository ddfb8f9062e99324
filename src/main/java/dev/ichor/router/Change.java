package dev.ichor.router;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Reversible;

import java.util.List;

/// One thing that becomes different in the router: what is there and what shall be.
public sealed interface Change extends Reversible<Change> {
    /// The network boot fields of one network.
    ///
    /// @param server address or host name of the boot server
    /// @param file plain name; never a URL, machines ask for it by TFTP as it stands
    record Boot(boolean on, String server, String file) {
        /// The router says nothing about network boot.
        public static final Boot OFF = new Boot(false, "", "");

        /// Whether a machine sees no difference: what stands in fields that are off counts nothing.
        boolean same(Boot other) {
            return on ? equals(other) : !other.on;
        }

        @Override
        public String toString() {
            return on ? "server " + server + ", file " + file : "off";
        }
    }

    /// What a network tells machines that boot from it.
    ///
    /// @param id the router's own name for the network
    /// @param network as the owner calls it
    record NetworkBoot(String id, String network, Boot before, Boot after) implements Change {}

    /// The DHCP servers that a guarded network lets through.
    ///
    /// @param id the router's own name for the network
    /// @param network as the owner calls it
    record Trust(String id, String network, List<String> before, List<String> after)
            implements Change {
        /// Copies the lists.
        public Trust {
            before = List.copyOf(before);
            after = List.copyOf(after);
        }
    }

    /// A machine's fixed address.
    ///
    /// @param id the router's own name for the network
    /// @param host the machine's name
    /// @param before address, or empty for none
    /// @param after address, or empty for none
    record Reserve(Mac mac, String host, String id, String before, String after)
            implements Change {}

    @Override
    default Change undo() {
        return switch (this) {
            case NetworkBoot c -> new NetworkBoot(c.id, c.network, c.after, c.before);
            case Trust c -> new Trust(c.id, c.network, c.after, c.before);
            case Reserve c -> new Reserve(c.mac, c.host, c.id, c.after, c.before);
        };
    }

    @Override
    default String difference() {
        return switch (this) {
            case NetworkBoot c ->
                    "Network boot of " + c.network + ": " + c.before + " → " + c.after;
            case Trust c ->
                    "Trusted DHCP servers of %s: %s → %s"
                            .formatted(c.network, listed(c.before), listed(c.after));
            case Reserve c ->
                    "Fixed address of %s (%s): %s → %s"
                            .formatted(c.host, c.mac, orNone(c.before), orNone(c.after));
        };
    }

    private static String listed(List<String> addresses) {
        return orNone(String.join(", ", addresses));
    }

    private static String orNone(String text) {
        return text.isEmpty() ? "none" : text;
    }
}
