package dev.ichor.router;

import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Subnet;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.stream.Stream;

/// The console's classic API: by password on every console, by API key from Network 9.0.114 on.
/// Only the keys that change are written.
///
/// @param site usually `default`
record Classic(UniFiWeb web, String site) {
    private static final int TRUSTED = 3;

    Settings settings() throws IOException, InterruptedException {
        return new Settings(networks(), fixed());
    }

    /// Who is on the network now.
    List<Machine> clients() throws IOException, InterruptedException {
        return data(web.get(path("stat/sta")))
                .flatMap(c -> Mac.parse(text(c, "mac")).map(mac -> machine(mac, c)).stream())
                .toList();
    }

    /// Writes what the change ends at.
    void write(Change change) throws IOException, InterruptedException {
        switch (change) {
            case Change.NetworkBoot c -> put(c.id(), boot(c.after(), network(c.id())));
            case Change.Trust c -> put(c.id(), trust(c.after()));
            case Change.Reserve c -> reserve(c);
        }
    }

    private void put(String id, ObjectNode body) throws IOException, InterruptedException {
        web.send("PUT", path("rest/networkconf/" + id), body);
    }

    /// An empty file name is rejected even where network boot is off, so none is sent. A guarded
    /// network takes no write without its first trusted server.
    private static ObjectNode boot(Change.Boot boot, JsonNode now) {
        ObjectNode body = UniFiWeb.object().put("dhcpd_boot_enabled", boot.on());
        if (boot.on()) {
            body.put("dhcpd_boot_server", boot.server()).put("dhcpd_boot_filename", boot.file());
        }
        if (now.path("dhcpguard_enabled").asBoolean(false)) {
            body.put("dhcpd_ip_1", text(now, "dhcpd_ip_1"));
        }
        return body;
    }

    private static ObjectNode trust(List<String> servers) {
        ObjectNode body = UniFiWeb.object();
        for (int i = 0; i < TRUSTED; i++) {
            body.put("dhcpd_ip_" + (i + 1), i < servers.size() ? servers.get(i) : "");
        }
        return body;
    }

    private void reserve(Change.Reserve c) throws IOException, InterruptedException {
        Optional<String> known =
                data(web.get(path("rest/user")))
                        .filter(u -> Mac.parse(text(u, "mac")).equals(Optional.of(c.mac())))
                        .map(u -> text(u, "_id"))
                        .findFirst();
        ObjectNode body = UniFiWeb.object().put("use_fixedip", !c.after().isEmpty());
        if (!c.after().isEmpty()) {
            body.put("mac", c.mac().toString())
                    .put("name", c.host())
                    .put("fixed_ip", c.after())
                    .put("network_id", c.id());
        }
        if (known.isPresent()) {
            web.send("PUT", path("rest/user/" + known.get()), body);
        } else {
            web.send("POST", path("rest/user"), body);
        }
    }

    private List<Settings.Network> networks() throws IOException, InterruptedException {
        return data(web.get(path("rest/networkconf"))).map(Classic::network).toList();
    }

    private JsonNode network(String id) throws IOException, InterruptedException {
        return data(web.get(path("rest/networkconf/" + id)))
                .findFirst()
                .orElseGet(UniFiWeb::object);
    }

    private static Settings.Network network(JsonNode n) {
        return new Settings.Network(
                text(n, "_id"),
                text(n, "name"),
                Subnet.parse(text(n, "ip_subnet")),
                new Change.Boot(
                        n.path("dhcpd_boot_enabled").asBoolean(false),
                        text(n, "dhcpd_boot_server"),
                        text(n, "dhcpd_boot_filename")),
                n.path("dhcpguard_enabled").asBoolean(false),
                Stream.of("dhcpd_ip_1", "dhcpd_ip_2", "dhcpd_ip_3")
                        .map(key -> text(n, key))
                        .filter(ip -> !ip.isEmpty())
                        .toList());
    }

    private SortedMap<Mac, String> fixed() throws IOException, InterruptedException {
        SortedMap<Mac, String> all = new TreeMap<>();
        data(web.get(path("rest/user")))
                .filter(u -> u.path("use_fixedip").asBoolean(false))
                .forEach(u ->
                        Mac.parse(text(u, "mac"))
                                .ifPresent(mac -> all.put(mac, text(u, "fixed_ip"))));
        return all;
    }

    private static Machine machine(Mac mac, JsonNode c) {
        String name = text(c, "name");
        return new Machine(
                mac,
                Ip4.parse(text(c, "ip")).orElse(null),
                "",
                name.isEmpty() ? text(c, "hostname") : name,
                Firmware.UNKNOWN,
                false);
    }

    private String path(String rest) {
        return "/api/s/" + site + "/" + rest;
    }

    private static Stream<JsonNode> data(JsonNode answer) {
        return answer.path("data").valueStream();
    }

    private static String text(JsonNode node, String key) {
        return node.path(key).asString("");
    }
}
