package dev.ichor.nas;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.function.Predicate;
import java.util.function.Supplier;

/// A Synology's services over DSM's own web interface: reads what it runs, and changes it one thing
/// at a time. Before a change it looks whether the NAS still stands where the owner saw it, after
/// it whether the NAS shows the new value.
public final class Synology implements AutoCloseable {
    /// How our project is called in Container Manager.
    static final String PROJECT = "ichor";

    private static final String TFTP = "SYNO.Core.TFTP";
    private static final String SFTP = "SYNO.Core.FileServ.FTP.SFTP";
    private static final String PROJECTS = "SYNO.Docker.Project";
    private static final String FILES = "SYNO.FileStation.List";
    private static final int LOG_LINES = 20;

    private final DsmWeb web;

    /// Where DSM is.
    ///
    /// @param port of HTTPS, usually 5001
    /// @param pin the fingerprint of its certificate, or null before the first connection
    public record At(String host, int port, String user, @Nullable String pin) {}

    /// What only the owner knows.
    ///
    /// @param code the one-time code, asked only where DSM wants one
    /// @param accept whether this is the NAS's certificate, asked when none is pinned
    public record Asked(
            Supplier<char[]> password, Supplier<String> code, Predicate<String> accept) {}

    private Synology(DsmWeb web) {
        this.web = web;
    }

    /// Connects and logs in, once: DSM locks out after some wrong passwords.
    ///
    /// @throws dev.ichor.cluster.ProblemException when the NAS is away, shows another certificate,
    ///   is no Synology, or refuses
    public static Synology open(At at, Asked asked) throws IOException {
        return new Synology(DsmWeb.open(at, asked));
    }

    /// The certificate shown.
    public String certificate() {
        return web.certificate();
    }

    /// What it runs now.
    public Services services() throws IOException {
        JsonNode tftp = web.call(TFTP, 1, "get", Map.of());
        JsonNode sftp = web.call(SFTP, 1, "get", Map.of());
        Optional<JsonNode> project = project();
        return new Services(
                shares(),
                new Services.Tftp(
                        tftp.path("enable").asBoolean(false),
                        tftp.path("root_path").asString(""),
                        tftp.path("permission").asString("").equals("rw"),
                        tftp.path("enable_log").asBoolean(false)),
                sftp.path("enable").asBoolean(false),
                project.map(Synology::read).orElse(Services.Project.NONE),
                project.map(p -> p.path("status").asString("")).orElse(""));
    }

    private static Services.Project read(JsonNode project) {
        return new Services.Project(
                project.path("share_path").asString(""), project.path("content").asString(""));
    }

    private List<Services.Share> shares() throws IOException {
        JsonNode answer =
                web.call(FILES, 2, "list_share", Map.of("additional", List.of("real_path")));
        List<Services.Share> all = new ArrayList<>();
        for (JsonNode share : answer.path("shares")) {
            all.add(
                    new Services.Share(
                            share.path("path").asString(""),
                            share.path("additional").path("real_path").asString("")));
        }
        return all;
    }

    /// Whether there is such a folder, as DSM shows it.
    public boolean hasFolder(String path) throws IOException {
        JsonNode answer = web.call(FILES, 2, "getinfo", Map.of("path", List.of(path)));
        return answer.path("files").path(0).path("isdir").asBoolean(false);
    }

    /// The project, or nothing; also nothing where there is no Container Manager.
    private Optional<JsonNode> project() throws IOException {
        if (!web.offers(PROJECTS)) {
            return Optional.empty();
        }
        for (JsonNode p : web.call(PROJECTS, 1, "list", Map.of())) {
            if (p.path("name").asString("").equals(PROJECT)) {
                String id = p.path("id").asString("");
                return Optional.of(web.call(PROJECTS, 1, "get", Map.of("id", id)));
            }
        }
        return Optional.empty();
    }

    /// The last lines the project's containers have written, each with the container's name.
    public List<String> log() throws IOException {
        List<String> lines = new ArrayList<>();
        Optional<JsonNode> project = project();
        if (project.isEmpty()) {
            return lines;
        }
        for (JsonNode container : project.get().path("containers")) {
            String name = container.path("Name").asString(container.path("name").asString(""));
            lines.addAll(log(name.startsWith("/") ? name.substring(1) : name));
        }
        return lines;
    }

    private List<String> log(String container) throws IOException {
        JsonNode answer =
                web.call(
                        "SYNO.Docker.Container.Log",
                        1,
                        "get",
                        Map.of(
                                "name",
                                container,
                                "sort_dir",
                                "DESC",
                                "offset",
                                0,
                                "limit",
                                LOG_LINES));
        List<String> lines = new ArrayList<>();
        for (JsonNode line : answer.path("logs")) {
            lines.add(container + ": " + line.path("text").asString("").strip());
        }
        return lines.reversed();
    }

    /// Writes one change and reads it back; one that is there already is not written.
    ///
    /// @throws dev.ichor.cluster.ProblemException when it is rejected, not kept, or the NAS was
    ///   changed meanwhile
    public void write(ServiceChange change) throws IOException {
        Services now = services();
        if (now.isAfter(change)) {
            return;
        }
        if (!now.isBefore(change)) {
            throw DsmWords.changedMeanwhile(change);
        }
        String said = apply(change);
        if (!services().isAfter(change)) {
            throw DsmWords.notKept(change, said);
        }
    }

    /// @return what DSM said beside
    private String apply(ServiceChange change) throws IOException {
        switch (change) {
            case ServiceChange.Sftp c -> web.call(SFTP, 1, "set", Map.of("enable", c.after()));
            case ServiceChange.TftpService c -> web.call(TFTP, 1, "set", tftp(c.after()));
            case ServiceChange.Compose c -> {
                return compose(c.before(), c.after());
            }
            case ServiceChange.Running c -> {
                return stream(c.after() ? "build_stream" : "stop_stream");
            }
        }
        return "";
    }

    /// The range of addresses is left alone. DSM takes no folder that is not there: one that was
    /// empty is not sent.
    private static Map<String, Object> tftp(Services.Tftp to) {
        Map<String, Object> fields = new TreeMap<>();
        fields.put("enable", to.on());
        fields.put("permission", to.writable() ? "rw" : "r");
        fields.put("enable_log", to.logged());
        if (!to.folder().isEmpty()) {
            fields.put("root_path", to.folder());
        }
        return fields;
    }

    private String compose(Services.Project before, Services.Project after) throws IOException {
        if (after.equals(Services.Project.NONE)) {
            String said = stream("clean_stream");
            web.call(PROJECTS, 1, "delete", Map.of("id", id()));
            return said;
        }
        if (before.equals(Services.Project.NONE)) {
            web.call(
                    PROJECTS,
                    1,
                    "create",
                    Map.of(
                            "name",
                            PROJECT,
                            "share_path",
                            after.folder(),
                            "content",
                            after.compose(),
                            "enable_service_portal",
                            false,
                            "service_portal_name",
                            "",
                            "service_portal_port",
                            0,
                            "service_portal_protocol",
                            "http"));
            return "";
        }
        boolean ran = services().runs();
        web.call(PROJECTS, 1, "update", Map.of("id", id(), "content", after.compose()));
        return ran ? stream("build_stream") : "";
    }

    private String stream(String method) throws IOException {
        return web.stream(PROJECTS, 1, method, Map.of("id", id()));
    }

    private String id() throws IOException {
        return project().map(p -> p.path("id").asString("")).orElseThrow(DsmWords::noProject);
    }

    /// Logs out.
    @Override
    public void close() {
        web.close();
    }
}
