package dev.ichor.cli;

import dev.ichor.cluster.Machine;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

/// A found machine as one line of JSON.
final class MachineJson {
    private static final JsonMapper JSON = new JsonMapper();

    private MachineJson() {}

    static String line(Machine m) {
        ObjectNode n = JSON.createObjectNode();
        n.put("mac", m.mac().toString());
        n.put("ip", m.ip() == null ? null : m.ip().toString());
        n.put("vendor", m.vendor()).put("firmware", m.firmware().name()).put("pxe", m.pxe());
        return JSON.writeValueAsString(n);
    }
}
