package dev.ichor.nas;

import mockwebserver3.MockResponse;
import mockwebserver3.RecordedRequest;

import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.MultipartReader;

import okio.Buffer;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.HashMap;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// File Station of a [FakeDsm]: refuses a name that is taken, and makes no shared folders.
final class FakeFiles {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final int MTIME = 1_700_000_000;

    private FakeFiles() {}

    /// All but what every call has; throws where a value is not JSON.
    static ObjectNode fields(HttpUrl form) {
        ObjectNode all = JSON.createObjectNode();
        Set<String> usual = Set.of("api", "version", "method", "_sid");
        for (String name : new java.util.TreeSet<>(form.queryParameterNames())) {
            if (!usual.contains(name)) {
                JsonNode value = JSON.readTree(String.valueOf(form.queryParameter(name)));
                all.set(name, value);
            }
        }
        return all;
    }

    static MockResponse answer(FakeDsm dsm, String call, ObjectNode fields) {
        return switch (call) {
            case "List getinfo" -> info(dsm, fields.path("path").path(0).asString(""));
            case "List list" -> list(dsm, fields.path("folder_path").asString(""));
            case "CreateFolder create" -> create(dsm, fields);
            case "Rename rename" -> rename(dsm, fields);
            case "CopyMove start" -> move(dsm, fields);
            case "CopyMove status" -> FakeDsm.ok("{\"finished\":true}");
            case "Delete delete" ->
                    dsm.files.remove(fields.path("path").path(0).asString("")) == null
                            ? FakeDsm.error("408")
                            : FakeDsm.ok("{}");
            default -> FakeDsm.error("103");
        };
    }

    private static MockResponse info(FakeDsm dsm, String path) {
        ObjectNode file = JSON.createObjectNode().put("path", path);
        if (dsm.folders.contains(path)) {
            file.put("isdir", true).putObject("additional");
        } else if (dsm.files.containsKey(path)) {
            details(dsm, path, file);
        } else {
            file.put("code", 408);
        }
        ObjectNode all = JSON.createObjectNode();
        all.putArray("files").add(file);
        return FakeDsm.ok(all);
    }

    private static void details(FakeDsm dsm, String path, ObjectNode file) {
        file.put("isdir", false).put("name", name(path));
        ObjectNode more = file.putObject("additional");
        more.put("size", Objects.requireNonNull(dsm.files.get(path)).length);
        more.putObject("time").put("mtime", MTIME);
    }

    private static MockResponse list(FakeDsm dsm, String folder) {
        if (!dsm.folders.contains(folder)) {
            return FakeDsm.error("408");
        }
        ArrayNode all = JSON.createArrayNode();
        dsm.folders.stream()
                .filter(f -> above(f).equals(folder))
                .forEach(f -> all.addObject().put("name", name(f)).put("isdir", true));
        dsm.files.keySet().stream()
                .filter(f -> above(f).equals(folder))
                .forEach(f -> details(dsm, f, all.addObject()));
        return FakeDsm.ok(JSON.createObjectNode().set("files", all));
    }

    private static MockResponse create(FakeDsm dsm, JsonNode fields) {
        String parent = fields.path("folder_path").path(0).asString("");
        String path = parent + "/" + fields.path("name").path(0).asString("");
        return folder(dsm, path) ? FakeDsm.ok("{}") : FakeDsm.error("1100");
    }

    private static boolean folder(FakeDsm dsm, String path) {
        String share = "/" + path.split("/")[1];
        for (String f = path; !f.equals(share) && dsm.folders.contains(share); f = above(f)) {
            dsm.folders.add(f);
        }
        return dsm.folders.contains(share);
    }

    private static MockResponse rename(FakeDsm dsm, JsonNode fields) {
        String from = fields.path("path").path(0).asString("");
        String to = above(from) + "/" + fields.path("name").path(0).asString("");
        if (dsm.files.containsKey(to)) {
            return FakeDsm.error("414");
        }
        byte[] content = dsm.files.remove(from);
        if (content == null) {
            return FakeDsm.error("408");
        }
        dsm.files.put(to, content);
        return FakeDsm.ok("{}");
    }

    private static MockResponse move(FakeDsm dsm, JsonNode fields) {
        String from = fields.path("path").path(0).asString("");
        String to = fields.path("dest_folder_path").asString("") + "/" + name(from);
        byte[] content = dsm.files.remove(from);
        if (content == null || !dsm.folders.contains(above(to))) {
            return FakeDsm.error("408");
        }
        dsm.files.put(to, content);
        return FakeDsm.ok("{\"taskid\":\"t1\"}");
    }

    /// What is no form: an upload, or a download.
    static MockResponse content(FakeDsm dsm, RecordedRequest r) {
        try {
            return r.getMethod().equals("POST") ? upload(dsm, r) : download(dsm, r);
        } catch (IOException e) {
            throw new UncheckedIOException(e);
        }
    }

    private static MockResponse upload(FakeDsm dsm, RecordedRequest r) throws IOException {
        if (dsm.refusing != 0) {
            return FakeDsm.error(String.valueOf(dsm.refusing));
        }
        MediaType type = MediaType.get(Objects.requireNonNull(r.getHeaders().get("Content-Type")));
        Map<String, String> fields = new HashMap<>();
        try (MultipartReader parts =
                new MultipartReader(
                        new Buffer().write(Objects.requireNonNull(r.getBody())),
                        Objects.requireNonNull(type.parameter("boundary")))) {
            for (var part = parts.nextPart(); part != null; part = parts.nextPart()) {
                String about = String.valueOf(part.headers().get("Content-Disposition"));
                String name = about.replaceAll("(?s).*; name=\"([^\"]*)\".*", "$1");
                if (name.equals("file")) {
                    String file = about.replaceAll("(?s).*filename=\"([^\"]*)\".*", "$1");
                    String folder = String.valueOf(fields.get("path"));
                    if (!folder(dsm, folder)) {
                        return FakeDsm.error("408");
                    }
                    dsm.files.put(folder + "/" + file, part.body().readByteArray());
                } else {
                    fields.put(name, part.body().readUtf8());
                }
            }
        }
        return FakeDsm.ok("{}");
    }

    private static MockResponse download(FakeDsm dsm, RecordedRequest r) {
        String path =
                JSON.readTree(String.valueOf(r.getUrl().queryParameter("path")))
                        .path(0)
                        .asString("");
        byte[] content = dsm.files.get(path);
        return content == null
                ? FakeDsm.error("408")
                : new MockResponse.Builder()
                        .addHeader("Content-Disposition", "attachment")
                        .body(new Buffer().write(content))
                        .build();
    }

    private static String above(String path) {
        return path.substring(0, Math.max(0, path.lastIndexOf('/')));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
