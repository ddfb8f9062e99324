package dev.ichor.talos;

import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Role;

import java.util.ArrayList;
import java.util.List;
import java.util.Map;

/// The documents beside the main one: host name, addresses, time and mirrors, from Talos 1.12 on.
final class NetworkDocuments {
    /// What the link of a known MAC is called: its name in the system is not known before the first
    /// boot.
    private static final String LINK = "net0";

    private NetworkDocuments() {}

    static List<Map<String, Object>> of(GenInput in, Role role, OneMachine one) {
        List<Map<String, Object>> all = new ArrayList<>();
        if (Contract.of(in.talos()).networkDocuments()) {
            all.add(hostname(one.hostname()));
            link(in, role, one, all);
            if (!in.options().ntpServers().isEmpty()) {
                Fields ntp = Fields.of("servers", in.options().ntpServers());
                all.add(document("TimeSyncConfig").put("ntp", ntp).map());
            }
            in.options().mirrors().forEach(m -> all.add(mirror(m.registry(), m.endpoints())));
        }
        return all;
    }

    private static Fields document(String kind) {
        return Fields.of("apiVersion", "v1alpha1").put("kind", kind);
    }

    /// `auto` must be said to be off beside a name, or Talos refuses both.
    private static Map<String, Object> hostname(String hostname) {
        return document("HostnameConfig")
                .put("auto", hostname.isEmpty() ? "stable" : "off")
                .putIf(!hostname.isEmpty(), "hostname", hostname)
                .map();
    }

    private static void link(
            GenInput in, Role role, OneMachine one, List<Map<String, Object>> all) {
        FixedAddress fixed = one.fixed();
        boolean vip = LegacyNetwork.vip(in, role, one);
        if (!vip && fixed == null) {
            return;
        }
        String match = "mac(link.permanent_addr) == \"" + one.mac() + "\"";
        all.add(
                document("LinkAliasConfig")
                        .put("name", LINK)
                        .put("selector", Fields.of("match", match))
                        .map());
        if (fixed != null) {
            Fields address = Fields.of("address", fixed.toString());
            Fields route = Fields.of("gateway", fixed.gateway().toString());
            all.add(
                    document("LinkConfig")
                            .put("name", LINK)
                            .put("addresses", List.of(address.map()))
                            .put("routes", List.of(route.map()))
                            .map());
            if (!fixed.nameservers().isEmpty()) {
                List<Map<String, Object>> servers =
                        LegacyNetwork.texts(fixed.nameservers()).stream()
                                .map(a -> Fields.of("address", a).map())
                                .toList();
                all.add(document("ResolverConfig").put("nameservers", servers).map());
            }
        }
        if (vip) {
            String address = String.valueOf(in.options().vip());
            all.add(document("Layer2VIPConfig").put("name", address).put("link", LINK).map());
        }
    }

    private static Map<String, Object> mirror(String registry, List<String> endpoints) {
        return document("RegistryMirrorConfig")
                .put("name", registry)
                .put("endpoints", endpoints.stream().map(e -> Fields.of("url", e).map()).toList())
                .map();
    }
}
