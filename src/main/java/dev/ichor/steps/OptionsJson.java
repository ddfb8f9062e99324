package dev.ichor.steps;

import dev.ichor.cluster.ClusterOptions;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Ip4;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.List;

/// The parts of `cluster.json` that most clusters do without.
final class OptionsJson {
    private OptionsJson() {}

    static void write(ObjectNode root, ClusterOptions o) {
        if (o.equals(ClusterOptions.NONE)) {
            return;
        }
        ObjectNode out = root.putObject("options");
        if (o.vip() != null) {
            out.put("vip", o.vip().toString());
        }
        o.ntpServers().forEach(out.withArray("ntpServers")::add);
        o.sans().forEach(out.withArray("sans")::add);
        o.mirrors()
                .forEach(m ->
                        m.endpoints()
                                .forEach(out.withObject("mirrors").withArray(m.registry())::add));
    }

    static void write(ObjectNode wish, @Nullable FixedAddress a) {
        if (a != null) {
            ObjectNode out = wish.putObject("address");
            out.put("address", a.address().toString()).put("prefix", a.prefix());
            out.put("gateway", a.gateway().toString());
            a.nameservers().forEach(n -> out.withArray("nameservers").add(n.toString()));
        }
    }

    static ClusterOptions read(JsonNode n) {
        return new ClusterOptions(
                n.has("vip") ? Ip4.of(n.path("vip").asString("")) : null,
                texts(n.path("ntpServers")),
                n.path("mirrors")
                        .propertyStream()
                        .map(e -> new ClusterOptions.Mirror(e.getKey(), texts(e.getValue())))
                        .toList(),
                texts(n.path("sans")));
    }

    static @Nullable FixedAddress address(JsonNode n) {
        return n.isObject()
                ? new FixedAddress(
                        Ip4.of(n.path("address").asString("")),
                        n.path("prefix").asInt(0),
                        Ip4.of(n.path("gateway").asString("")),
                        texts(n.path("nameservers")).stream().map(Ip4::of).toList())
                : null;
    }

    private static List<String> texts(JsonNode list) {
        return list.valueStream().map(n -> n.asString("")).toList();
    }
}
