package dev.ichor.steps;

import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Role;
import dev.ichor.talos.ImportedConfig;

import tools.jackson.core.JacksonException;
import tools.jackson.core.json.JsonReadFeature;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.MapperFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashSet;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Matcher;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// A Matchbox data folder: groups say which machine, profiles which config, `generic/` or `assets/`
/// hold it.
///
/// @param read takes a config over
/// @param machines takes a machine over
/// @param report is told what is left
record MatchboxImport(Path root, Reader read, Machines machines, Import report) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .enable(MapperFeature.ACCEPT_CASE_INSENSITIVE_PROPERTIES)
                    .enable(JsonReadFeature.ALLOW_JAVA_COMMENTS)
                    .enable(JsonReadFeature.ALLOW_TRAILING_COMMA)
                    .build();

    /// The path of a config in a kernel argument.
    private static final Pattern CONFIG =
            Pattern.compile("talos\\.config=[a-z]+://[^/]+/assets/([^?#\\s]+)");

    /// Takes a config over.
    @FunctionalInterface
    interface Reader {
        /// Empty when the file is none.
        Optional<ImportedConfig> file(Path file, String name) throws IOException;
    }

    /// Takes a machine over.
    @FunctionalInterface
    interface Machines {
        void add(Mac mac, Role role, String hostname, InstallDisk disk);
    }

    void run() throws IOException {
        Set<Path> handed = new LinkedHashSet<>();
        try (Stream<Path> groups = Files.list(root.resolve("groups"))) {
            for (Path file : groups.sorted().toList()) {
                Optional<JsonNode> group = json(file);
                if (group.isPresent()) {
                    group(group.get(), String.valueOf(file.getFileName()), handed);
                }
            }
        }
        assets(handed);
    }

    private void group(JsonNode group, String name, Set<Path> handed) throws IOException {
        Path profile =
                root.resolve("profiles").resolve(group.path("profile").asString("") + ".json");
        Optional<Path> config = json(profile).flatMap(this::config);
        Optional<ImportedConfig> read = Optional.empty();
        if (config.isPresent()) {
            handed.add(config.get());
            read = this.read.file(config.get(), root.relativize(config.get()).toString());
        }
        Optional<Mac> mac = Mac.parse(group.path("selector").path("mac").asString(""));
        if (read.isEmpty()) {
            report.left("groups/" + name + ": its profile hands out no machine config");
        } else if (mac.isPresent()) {
            ImportedConfig c = read.get();
            machines.add(mac.get(), c.role(), c.hostname(), c.disk());
        } else if (group.path("selector").isEmpty()) {
            report.warn(
                    "The default group "
                            + name
                            + " handed a "
                            + read.get().role().talosType()
                            + "'s config to every machine that asked. Here such a machine is"
                            + " unknown until you give it a role.");
        } else {
            report.left("groups/" + name + ": it selects by something else than the MAC");
        }
    }

    /// The config that a profile hands out.
    private Optional<Path> config(JsonNode profile) {
        String generic = profile.path("generic_id").asString("");
        if (!generic.isEmpty()) {
            return inside("generic", generic);
        }
        for (JsonNode argument : profile.path("boot").path("args")) {
            Matcher m = CONFIG.matcher(argument.asString(""));
            if (m.find()) {
                return inside("assets", m.group(1));
            }
        }
        return Optional.empty();
    }

    private Optional<Path> inside(String folder, String name) {
        Path base = root.resolve(folder).normalize();
        Path file = base.resolve(name).normalize();
        return file.startsWith(base) && Files.isRegularFile(file)
                ? Optional.of(file)
                : Optional.empty();
    }

    /// Everybody on the network could read what lies in assets.
    private void assets(Set<Path> handed) throws IOException {
        Path assets = root.resolve("assets");
        if (!Files.isDirectory(assets)) {
            return;
        }
        try (Stream<Path> all = Files.walk(assets)) {
            for (Path file : all.filter(Files::isRegularFile).sorted().toList()) {
                String name = root.relativize(file).toString();
                int before = report.takenSoFar();
                if (handed.contains(file)
                        || read.file(file, name).isPresent()
                        || report.takenSoFar() > before) {
                    report.warn(
                            name
                                    + " could be read by everybody on the network, so its keys are"
                                    + " public. Delete it there; import again with --new-secrets to"
                                    + " have new keys, for which the machines are reinstalled.");
                } else {
                    report.left(name + ": Talos and loaders are downloaded and verified anew");
                }
            }
        }
    }

    private Optional<JsonNode> json(Path file) throws IOException {
        if (!Files.isRegularFile(file)) {
            return Optional.empty();
        }
        try {
            return Optional.of(JSON.readTree(Files.readString(file)));
        } catch (JacksonException e) {
            int line = e.getLocation() == null ? 1 : e.getLocation().getLineNr();
            report.left(root.relativize(file) + ": line " + line + " is no JSON");
            return Optional.empty();
        }
    }
}
