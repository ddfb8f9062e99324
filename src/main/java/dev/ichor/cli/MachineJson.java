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
        n.put("name", m.name()).put("likely", m.likely());
        n.put("uuid", m.hardware().uuid()).put("model", m.hardware().model());
        n.put("cpu", m.hardware().cpu().name()).put("memoryMiB", m.hardware().memoryMiB());
        m.ports().forEach(n.putArray("ports")::add);
        return JSON.writeValueAsString(n);
    }
}
