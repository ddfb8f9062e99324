package dev.ichor.talos;

import dev.ichor.cluster.ClusterOptions;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Role;

import java.util.List;

/// `machine.network` and what lies beside it, as Talos up to 1.11 has them.
final class LegacyNetwork {
    private LegacyNetwork() {}

    static Fields of(GenInput in, Role role, OneMachine one) {
        FixedAddress fixed = one.fixed();
        boolean vip = vip(in, role, one);
        return new Fields()
                .putIf(!one.hostname().isEmpty(), "hostname", one.hostname())
                .putIf(vip || fixed != null, "interfaces", List.of(link(in, one, vip).map()))
                .putIf(
                        fixed != null && !fixed.nameservers().isEmpty(),
                        "nameservers",
                        fixed == null ? List.of() : texts(fixed.nameservers()));
    }

    /// Whether this machine holds the shared address now and then.
    static boolean vip(GenInput in, Role role, OneMachine one) {
        return in.options().vip() != null && role == Role.CONTROL_PLANE && one.mac() != null;
    }

    static List<String> texts(List<Ip4> addresses) {
        return addresses.stream().map(Ip4::toString).toList();
    }

    private static Fields link(GenInput in, OneMachine one, boolean vip) {
        FixedAddress fixed = one.fixed();
        Fields link =
                Fields.of("deviceSelector", Fields.of("hardwareAddr", String.valueOf(one.mac())));
        if (fixed != null) {
            Fields route =
                    Fields.of("network", "0.0.0.0/0").put("gateway", fixed.gateway().toString());
            link.put("addresses", List.of(fixed.toString())).put("routes", List.of(route.map()));
        }
        return link.put("dhcp", fixed == null)
                .putIf(vip, "vip", Fields.of("ip", String.valueOf(in.options().vip())));
    }

    static Fields registries(GenInput in) {
        Fields mirrors = new Fields();
        for (ClusterOptions.Mirror m : in.options().mirrors()) {
            mirrors.put(m.registry(), Fields.of("endpoints", m.endpoints()));
        }
        return Fields.of("mirrors", mirrors);
    }
}
