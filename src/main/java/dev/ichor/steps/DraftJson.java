package dev.ichor.steps;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.Schematic;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.DeserializationFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.nio.file.Path;
import java.util.List;
import java.util.SortedMap;
import java.util.SortedSet;
import java.util.TreeMap;
import java.util.TreeSet;

/// `cluster.json`: a [Draft] in stable order, without secrets.
final class DraftJson {
    /// Raised when an older program could not read what a newer one wrote.
    private static final int VERSION = 1;

    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .disable(DeserializationFeature.FAIL_ON_UNKNOWN_PROPERTIES)
                    .build();

    private DraftJson() {}

    static String write(Draft d) {
        ObjectNode root = JSON.createObjectNode();
        root.put("version", VERSION);
        root.put("clusterName", d.clusterName());
        root.put("endpoint", d.endpoint());
        root.put("talos", d.talos());
        root.put("kubernetes", d.kubernetes());
        image(root, d.image());
        root.put("adapter", d.adapter());
        root.put("mode", d.mode().name());
        ObjectNode machines = root.putObject("machines");
        d.machines().forEach((mac, m) -> machine(machines.putObject(mac.toString()), m));
        ObjectNode wishes = root.putObject("wishes");
        d.wishes().forEach((mac, w) -> wish(wishes.putObject(mac.toString()), w));
        if (d.nas() != null) {
            root.set("nas", JSON.valueToTree(d.nas()));
        }
        OptionsJson.write(root, d.options());
        return JSON.writeValueAsString(root) + "\n";
    }

    private static void image(ObjectNode out, Image image) {
        if (image instanceof Image.Factory f) {
            ObjectNode schematic = out.putObject("factory");
            f.schematic().extensions().forEach(schematic.putArray("extensions")::add);
            f.schematic().kernelArgs().forEach(schematic.putArray("kernelArgs")::add);
        }
    }

    private static void machine(ObjectNode out, Machine m) {
        if (m.ip() != null) {
            out.put("ip", m.ip().toString());
        }
        out.put("vendor", m.vendor()).put("name", m.name());
        out.put("firmware", m.firmware().name()).put("pxe", m.pxe());
        if (!m.hardware().equals(Hardware.UNKNOWN)) {
            out.set("hardware", JSON.valueToTree(m.hardware()));
        }
        if (!m.ports().isEmpty()) {
            m.ports().forEach(out.putArray("ports")::add);
        }
    }

    private static void wish(ObjectNode out, Draft.Wish w) {
        out.put("role", w.role().name()).put("hostname", w.hostname()).put("life", w.life().name());
        switch (w.disk()) {
            case InstallDisk.Device d -> out.put("disk", d.path());
            case InstallDisk.Serial s -> out.put("diskSerial", s.serial());
            case InstallDisk.Wwid i -> out.put("diskWwid", i.wwid());
            case InstallDisk.Size s -> out.put("diskSize", s.size());
            case InstallDisk.Ask _ -> out.put("diskAsk", true);
        }
        OptionsJson.write(out, w.fixed());
    }

    /// @throws ProblemException when the text is no draft, or from a newer program
    static Draft read(String text, Path file) throws ProblemException {
        try {
            JsonNode root = JSON.readTree(text);
            int version = root.path("version").asInt(0);
            if (version > VERSION) {
                throw new ProblemException(
                        file + " was written by a newer Ichor.",
                        "It has format " + version + ", this program reads up to " + VERSION + ".",
                        "Update Ichor; the file was left as it is.");
            }
            if (version < 1) {
                throw new IllegalArgumentException("no version");
            }
            return draft(root);
        } catch (JacksonException | IllegalArgumentException e) {
            String at =
                    e instanceof JacksonException j && j.getLocation() != null
                            ? " line " + j.getLocation().getLineNr()
                            : "";
            throw new ProblemException(
                    new dev.ichor.cluster.Problem(
                            file + at + " is not a cluster that Ichor can read.",
                            "The file is damaged or was edited by hand.",
                            "It was left as it is. Repair it, restore a copy, or begin a new"
                                    + " cluster in another folder."),
                    e);
        }
    }

    private static Draft draft(JsonNode root) {
        SortedMap<Mac, Machine> machines = new TreeMap<>();
        root.path("machines")
                .propertyStream()
                .forEach(e ->
                        machines.put(
                                Mac.of(e.getKey()), machine(Mac.of(e.getKey()), e.getValue())));
        SortedMap<Mac, Draft.Wish> wishes = new TreeMap<>();
        root.path("wishes")
                .propertyStream()
                .forEach(e -> wishes.put(Mac.of(e.getKey()), wish(e.getValue())));
        return new Draft(
                root.path("clusterName").asString(""),
                root.path("endpoint").asString(""),
                root.path("talos").asString(""),
                root.path("kubernetes").asString(""),
                image(root.path("factory")),
                root.path("adapter").asString(""),
                BootMode.valueOf(root.path("mode").asString(BootMode.PROXY.name())),
                machines,
                wishes,
                nas(root.path("nas")),
                OptionsJson.read(root.path("options")));
    }

    private static Image image(JsonNode n) {
        return n.isObject()
                ? new Image.Factory(
                        new Schematic(texts(n.path("extensions")), texts(n.path("kernelArgs"))))
                : new Image.Release();
    }

    private static List<String> texts(JsonNode array) {
        return array.valueStream().map(t -> t.asString("")).toList();
    }

    private static Machine machine(Mac mac, JsonNode n) {
        SortedSet<Integer> ports = new TreeSet<>();
        n.path("ports").forEach(p -> ports.add(p.asInt(0)));
        return new Machine(
                mac,
                n.has("ip") ? Ip4.of(n.path("ip").asString("")) : null,
                n.path("vendor").asString(""),
                n.path("name").asString(""),
                Firmware.valueOf(n.path("firmware").asString(Firmware.UNKNOWN.name())),
                n.path("pxe").asBoolean(false),
                n.has("hardware")
                        ? JSON.treeToValue(n.path("hardware"), Hardware.class)
                        : Hardware.UNKNOWN,
                ports);
    }

    private static Draft.Wish wish(JsonNode n) {
        return new Draft.Wish(
                Role.valueOf(n.path("role").asString("")),
                n.path("hostname").asString(""),
                disk(n),
                Life.valueOf(n.path("life").asString(Life.ALWAYS_NETBOOT.name())),
                OptionsJson.address(n.path("address")));
    }

    private static InstallDisk disk(JsonNode n) {
        if (n.has("diskSerial")) {
            return new InstallDisk.Serial(n.path("diskSerial").asString(""));
        }
        if (n.has("diskWwid")) {
            return new InstallDisk.Wwid(n.path("diskWwid").asString(""));
        }
        if (n.has("diskSize")) {
            return new InstallDisk.Size(n.path("diskSize").asString(""));
        }
        if (n.path("diskAsk").asBoolean(false)) {
            return new InstallDisk.Ask();
        }
        return new InstallDisk.Device(n.path("disk").asString(""));
    }

    private static @Nullable NasTarget nas(JsonNode n) {
        return n.isObject() ? JSON.treeToValue(n, NasTarget.class) : null;
    }
}
