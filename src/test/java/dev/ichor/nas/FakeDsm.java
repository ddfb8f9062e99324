package dev.ichor.nas;

import dev.ichor.SelfSigned;
import dev.ichor.trust.Pin;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import okhttp3.HttpUrl;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.TreeMap;

/// A Synology's DSM on loopback that keeps state and refuses what a real one refuses: calls without
/// session and SynoToken, wrong codes, strings that are no JSON where JSON is told, a TFTP folder
/// that is not there.
public final class FakeDsm extends Dispatcher implements AutoCloseable {
    public static final String USER = "admin-of-the-house";
    public static final String PASSWORD = "throw-away";

    private static final JsonMapper JSON = JsonMapper.shared();
    private static final String NO_SESSION = "119";

    private static final String APIS =
            ("Core.TFTP Core.FileServ.FTP.SFTP Docker.Project Docker.Container.Log"
                    + " FileStation.List FileStation.Upload FileStation.Download"
                    + " FileStation.Rename FileStation.Delete FileStation.CopyMove"
                    + " FileStation.CreateFolder");

    /// Every call as `api method`, and what was written.
    public final List<String> asked = new ArrayList<>();

    public final List<String> written = new ArrayList<>();

    /// Folders as DSM shows them.
    public final Set<String> folders = new HashSet<>(Set.of("/docker", "/docker/matchbox"));

    /// Files as File Station shows them.
    public final TreeMap<String, byte[]> files = new TreeMap<>();

    /// File Station answers every upload with this error, or 0.
    public int refusing;

    /// The one-time code wanted, or empty for none.
    public String code = "";

    /// The user is no administrator.
    public boolean ordinaryUser;

    /// Calls are refused as if somebody had ended the session.
    public boolean ended;

    /// Takes writes, and forgets them.
    public boolean forgetful;

    /// The connection is cut at the next call that writes, before or after it was taken.
    public String cut = "";

    public final ObjectNode tftp;
    public final ObjectNode sftp;
    public final TreeMap<String, ObjectNode> projects = new TreeMap<>();

    private final MockWebServer server = new MockWebServer();
    private final SelfSigned own;
    private final boolean containers;
    private String sid = "none";

    private FakeDsm(boolean containers) throws Exception {
        this.containers = containers;
        this.own = SelfSigned.make("synology");
        this.tftp =
                (ObjectNode)
                        JSON.readTree(
                                """
                                {"enable":false,"enable_log":false,"startip":"","endip":"",
                                 "permission":"r","root_path":"","timeout":3}\
                                """);
        this.sftp = (ObjectNode) JSON.readTree("{\"enable\":false,\"portnum\":22}");
        server.useHttps(own.tls().getSocketFactory());
        server.setProtocols(List.of(okhttp3.Protocol.HTTP_1_1));
        server.setDispatcher(this);
        server.start();
    }

    public static FakeDsm start() throws Exception {
        return new FakeDsm(true);
    }

    /// One whose Docker package knows no projects.
    public static FakeDsm old() throws Exception {
        return new FakeDsm(false);
    }

    public int port() {
        return server.getPort();
    }

    public String certificate() throws Exception {
        return Pin.fingerprint(own.certificate());
    }

    Synology.At at(@Nullable String pin) {
        return new Synology.At("localhost", port(), USER, pin);
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest r) {
        if (r.getUrl().queryParameter("_sid") != null) {
            boolean good = sid.equals(r.getUrl().queryParameter("_sid")) && !ended;
            return good ? FakeFiles.content(this, r) : error(NO_SESSION);
        }
        HttpUrl form = HttpUrl.get("http://x/?" + (r.getBody() == null ? "" : r.getBody().utf8()));
        String api = plain(form, "api");
        String method = plain(form, "method");
        asked.add(api + " " + method);
        String path = r.getUrl().encodedPath();
        if (api.equals("SYNO.API.Info")) {
            return path.equals("/webapi/query.cgi") ? ok(info()) : error("102");
        }
        if (!path.equals("/webapi/entry.cgi") || !info().has(api)) {
            return error("102");
        }
        if (api.equals("SYNO.API.Auth")) {
            return auth(form, method);
        }
        boolean known = sid.equals(plain(form, "_sid")) && !ended;
        if (!known || !"token".equals(r.getHeaders().get("X-SYNO-TOKEN"))) {
            return error(NO_SESSION);
        }
        if (ordinaryUser && !api.startsWith("SYNO.FileStation")) {
            return error("105");
        }
        return data(form, api, method);
    }

    private ObjectNode info() {
        ObjectNode all = JSON.createObjectNode();
        all.putObject("SYNO.API.Auth").put("path", "entry.cgi").put("maxVersion", 7);
        for (String name : APIS.split(" ")) {
            String api = "SYNO." + name;
            if (containers || !api.startsWith("SYNO.Docker")) {
                all.putObject(api)
                        .put("path", "entry.cgi")
                        .put("maxVersion", 2)
                        .put("requestFormat", "JSON");
            }
        }
        return all;
    }

    private MockResponse auth(HttpUrl form, String method) {
        if (method.equals("logout")) {
            sid = "none";
            return ok(JSON.createObjectNode());
        }
        String otp = plain(form, "otp_code");
        if (!PASSWORD.equals(plain(form, "passwd")) || !USER.equals(plain(form, "account"))) {
            return error("400");
        }
        if (!code.equals(otp)) {
            return error(otp.isEmpty() ? "403" : "404");
        }
        sid = "s" + asked.size();
        ObjectNode data = JSON.createObjectNode().put("sid", sid);
        return ok(
                "yes".equals(plain(form, "enable_syno_token"))
                        ? data.put("synotoken", "token")
                        : data);
    }

    private MockResponse data(HttpUrl form, String api, String method) {
        boolean reads = Set.of("get", "list", "list_share", "getinfo").contains(method);
        if (!reads) {
            written.add(api + " " + method + " " + FakeFiles.fields(form));
        }
        boolean before = !reads && cut.equals("before");
        MockResponse answer = before ? error("0") : answer(form, api + " " + method);
        if (!reads && !cut.isEmpty()) {
            cut = "";
            return new MockResponse.Builder()
                    .onResponseStart(mockwebserver3.SocketEffect.ShutdownConnection.INSTANCE)
                    .build();
        }
        return answer;
    }

    private MockResponse answer(HttpUrl form, String call) {
        return switch (call) {
            case "SYNO.Core.TFTP get" -> ok(tftp);
            case "SYNO.Core.TFTP set" -> setTftp(FakeFiles.fields(form));
            case "SYNO.Core.FileServ.FTP.SFTP get" -> ok(sftp);
            case "SYNO.Core.FileServ.FTP.SFTP set" -> set(sftp, FakeFiles.fields(form));
            case "SYNO.FileStation.List list_share" ->
                    ok(
                            """
                            {"shares":[{"path":"/docker","additional":{"real_path":"/volume1/docker"}},
                             {"path":"/home","additional":{"real_path":"/volume1/homes/a"}}]}\
                            """);
            case "SYNO.Docker.Container.Log get" ->
                    ok(
                            """
                            {"logs":[{"text":"second\\n"},{"text":"first\\n"}],"total":2}\
                            """);
            case String c when c.startsWith("SYNO.FileStation") ->
                    FakeFiles.answer(
                            this,
                            c.substring("SYNO.FileStation.".length()),
                            FakeFiles.fields(form));
            default -> project(FakeFiles.fields(form), call.substring(call.indexOf(' ') + 1));
        };
    }

    private MockResponse setTftp(ObjectNode change) {
        boolean bad =
                change.has("root_path") && !folders.contains(change.path("root_path").asString(""));
        boolean on = change.path("enable").asBoolean(tftp.path("enable").asBoolean(false));
        String root = change.path("root_path").asString(tftp.path("root_path").asString(""));
        return bad || on && root.isEmpty() ? error("2301") : set(tftp, change);
    }

    private MockResponse set(ObjectNode service, ObjectNode change) {
        if (!forgetful) {
            service.setAll(change);
        }
        return ok(JSON.createObjectNode());
    }

    private MockResponse project(ObjectNode fields, String method) {
        if (method.equals("list")) {
            return ok(JSON.valueToTree(projects));
        }
        if (method.equals("create")) {
            String id = "id-" + projects.size();
            projects.put(
                    id, fields.put("id", id).put("status", "CREATED").put("path", "/volume1/x"));
            return ok(fields);
        }
        ObjectNode project = projects.get(fields.path("id").asString(""));
        if (project == null) {
            return error("2101");
        }
        switch (method) {
            case "get" -> {
                return ok(project);
            }
            case "update" -> project.set("content", fields.get("content"));
            case "delete" -> projects.remove(project.path("id").asString(""));
            case "build_stream" -> {
                boolean good = !project.path("content").asString("").contains("no-such-image");
                project.put("status", good ? "RUNNING" : "BUILD_FAILED");
                project.putArray("containers").addObject().put("Name", "/ichor-matchbox-1");
                return text(good ? "Pulling matchbox\nStarted\n" : "Error: manifest unknown\n");
            }
            case "stop_stream", "clean_stream" -> {
                project.put("status", "STOPPED");
                return text("Stopping\n");
            }
            default -> {
                return error("103");
            }
        }
        return ok(JSON.createObjectNode());
    }

    private static MockResponse text(String text) {
        return new MockResponse.Builder().body(text).build();
    }

    private static String plain(HttpUrl form, String name) {
        String value = form.queryParameter(name);
        return value == null ? "" : value;
    }

    static MockResponse ok(Object data) {
        return text("{\"success\":true,\"data\":" + data + "}");
    }

    static MockResponse error(String code) {
        return text("{\"success\":false,\"error\":{\"code\":" + code + "}}");
    }

    @Override
    public void close() {
        server.close();
    }
}
