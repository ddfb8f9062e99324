package dev.ichor.nas;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.TransferWords.Reason;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.OptionalLong;
import java.util.function.Predicate;
import java.util.stream.StreamSupport;

/// A folder of a Synology, reached by File Station: neither SFTP nor a share has to be on, and an
/// ordinary user will do. Paths are those that DSM shows, `/docker/matchbox`.
final class DsmFiles implements Remote {
    private static final String LIST = "SYNO.FileStation.List";
    private static final List<String> DETAILS = List.of("size", "time");

    private final DsmWeb web;
    private final String folder;
    private final Runnable end;

    private DsmFiles(DsmWeb web, String folder, Runnable end) {
        this.web = web;
        this.folder = folder;
        this.end = end;
    }

    /// Logs in, with one try.
    ///
    /// @throws ProblemException as [Synology#open] does
    static Nas open(NasTarget target, Access access, Predicate<String> accept) throws IOException {
        if (!(access instanceof Access.Password password)) {
            throw DsmWords.passwordNeeded(target.server());
        }
        Synology.At at =
                new Synology.At(
                        target.server(), target.serverPort(), target.user(), target.hostKey());
        DsmWeb web = DsmWeb.open(at, new Synology.Asked(password.ask(), password.code(), accept));
        String folder = target.folder().replaceAll("/+$", "");
        return new Nas(target, new DsmFiles(web, folder, web::close), web.certificate());
    }

    @Override
    public Optional<Stat> stat(String path) throws ProblemException {
        JsonNode answer =
                asked(
                        "looked at",
                        path,
                        LIST,
                        "getinfo",
                        Map.of("path", List.of(full(path)), "additional", DETAILS));
        JsonNode file = answer.path("files").path(0);
        return file.has("additional") && !file.path("isdir").asBoolean(false)
                ? Optional.of(stat(file))
                : Optional.empty();
    }

    private static Stat stat(JsonNode file) {
        JsonNode more = file.path("additional");
        return new Stat(more.path("size").asLong(0), more.path("time").path("mtime").asInt(0));
    }

    @Override
    public Optional<Map<String, Stat>> listing(String path) throws ProblemException {
        Map<String, Stat> all = new HashMap<>();
        Optional<JsonNode> files = files(path);
        if (files.isEmpty()) {
            return Optional.empty();
        }
        for (JsonNode file : files.get()) {
            if (!file.path("isdir").asBoolean(false)) {
                all.put(file.path("name").asString(""), stat(file));
            }
        }
        return Optional.of(all);
    }

    @Override
    public Optional<List<String>> names(String path) {
        try {
            return files(path)
                    .map(all ->
                            StreamSupport.stream(all.spliterator(), false)
                                    .map(f ->
                                            f.path("name").asString("")
                                                    + (f.path("isdir").asBoolean(false) ? "/" : ""))
                                    .sorted()
                                    .toList());
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    private Optional<JsonNode> files(String path) throws ProblemException {
        try {
            JsonNode answer =
                    web.asked(
                            LIST,
                            "list",
                            Map.of(
                                    "folder_path",
                                    full(path).replaceAll("/+$", ""),
                                    "additional",
                                    DETAILS));
            return DsmWeb.error(answer) == 0
                    ? Optional.of(answer.path("data").path("files"))
                    : Optional.empty();
        } catch (IOException e) {
            throw words("looked at", path, Reason.BROKEN_OFF, e);
        }
    }

    @Override
    public void get(String path, OutputStream to) throws ProblemException {
        try {
            if (!new DsmTransfer(web).download(full(path), to)) {
                throw words("read", path, Reason.MISSING, null);
            }
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            throw words("read", path, Reason.BROKEN_OFF, e);
        }
    }

    @Override
    public void put(String path, InputStream in, long from) throws ProblemException {
        String whole = full(path);
        int slash = whole.lastIndexOf('/');
        try (in) {
            int error =
                    new DsmTransfer(web)
                            .upload(whole.substring(0, slash), whole.substring(slash + 1), in);
            if (error != 0) {
                throw words("written", path, reason(error), null);
            }
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            throw e.getCause() instanceof ProblemException ours
                    ? ours
                    : words("written", path, Reason.BROKEN_OFF, e);
        }
    }

    @Override
    public void discard(String path) {
        try {
            new DsmRename(web).delete(full(path));
        } catch (IOException e) {
            System.getLogger(DsmFiles.class.getName())
                    .log(System.Logger.Level.DEBUG, "left on the NAS: {0}", path);
        }
    }

    @Override
    public void rename(String from, String to) throws ProblemException {
        int error;
        try {
            error = new DsmRename(web).over(full(from), full(to));
        } catch (IOException e) {
            throw words("renamed", to, Reason.BROKEN_OFF, e);
        }
        if (error != 0) {
            throw words("renamed", to, reason(error), null);
        }
    }

    @Override
    public void makeParents(String path) throws ProblemException {
        String whole = full(path);
        String dir = whole.substring(0, whole.lastIndexOf('/'));
        int slash = dir.lastIndexOf('/');
        if (slash <= 0) {
            return; // a shared folder: only DSM's Control Panel makes them
        }
        asked(
                "made",
                path,
                "SYNO.FileStation.CreateFolder",
                "create",
                Map.of(
                        "folder_path",
                        List.of(dir.substring(0, slash)),
                        "name",
                        List.of(dir.substring(slash + 1)),
                        "force_parent",
                        true));
    }

    /// File Station shows no rights that a program could judge.
    @Override
    public Readers shut(String path) {
        return Readers.UNTOLD;
    }

    @Override
    public OptionalLong free() {
        return OptionalLong.empty();
    }

    /// DSM takes calls side by side.
    @Override
    public Remote another() {
        return new DsmFiles(web, folder, () -> {});
    }

    @Override
    public void close() {
        end.run();
    }

    private JsonNode asked(
            String done, String path, String api, String method, Map<String, Object> fields)
            throws ProblemException {
        try {
            JsonNode answer = web.asked(api, method, fields);
            if (DsmWeb.error(answer) != 0) {
                throw words(done, path, reason(DsmWeb.error(answer)), null);
            }
            return answer.path("data");
        } catch (ProblemException e) {
            throw e;
        } catch (IOException e) {
            throw words(done, path, Reason.BROKEN_OFF, e);
        }
    }

    /// File Station's own numbers.
    private static Reason reason(int error) {
        return switch (error) {
            case 105, 407 -> Reason.DENIED;
            case 408, 1100 -> Reason.MISSING;
            case 415, 416 -> Reason.FULL;
            case 106, 107, 119 -> Reason.BROKEN_OFF;
            default -> Reason.UNTOLD;
        };
    }

    private ProblemException words(
            String done, String path, Reason reason, @Nullable Exception cause) {
        return TransferWords.of(done, full(path), reason, cause);
    }

    /// File Station knows no way up, so `../` is worked out here.
    private String full(String path) {
        String whole = folder;
        String rest = path;
        while (rest.startsWith("../")) {
            whole = whole.substring(0, Math.max(0, whole.lastIndexOf('/')));
            rest = rest.substring(3);
        }
        return whole + "/" + rest;
    }
}
