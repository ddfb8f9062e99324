package dev.ichor.router;

import dev.ichor.SelfSigned;
import dev.ichor.trust.Pin;

import mockwebserver3.Dispatcher;
import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;
import mockwebserver3.RecordedRequest;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ArrayNode;
import tools.jackson.databind.node.ObjectNode;

import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Deque;
import java.util.List;

/// A UniFi console on loopback that keeps state and refuses what real ones refuse.
public final class FakeConsole extends Dispatcher implements AutoCloseable {
    public static final String USER = "ichor";
    public static final String PASSWORD = "throw-away";
    public static final String KEY = "throw-away-key";

    private static final JsonMapper JSON = JsonMapper.shared();

    /// Every request as `METHOD path`, and every body written.
    public final List<String> asked = new ArrayList<>();

    public final List<String> written = new ArrayList<>();

    /// Answered instead of what would be right, once each.
    public final Deque<MockResponse> trouble = new ArrayDeque<>();

    /// Every write is refused with this error, or empty.
    public String rejecting = "";

    /// The first write is taken, and answered by this.
    public @Nullable MockResponse cutAtWrite;

    /// After that many requests the session's token is no longer good, once; 0 for never.
    public int expireAfter;

    /// Takes writes, and forgets them.
    boolean forgetful;

    private final MockWebServer server = new MockWebServer();
    private final String prefix;
    private final ArrayNode networks;
    private final ArrayNode users = JSON.createArrayNode();
    private final SelfSigned own;
    private int session;

    private FakeConsole(String prefix) throws Exception {
        this.prefix = prefix;
        this.networks =
                (ArrayNode)
                        JSON.readTree(
                                """
                                [{"_id":"n1","name":"Default","ip_subnet":"192.168.1.1/24",
                                  "dhcpd_boot_enabled":false}]\
                                """);
        this.own = SelfSigned.make("unifi.local");
        server.useHttps(own.tls().getSocketFactory());
        server.setProtocols(List.of(okhttp3.Protocol.HTTP_1_1));
        server.setDispatcher(this);
        server.start();
    }

    /// A console of today.
    public static FakeConsole start() throws Exception {
        return new FakeConsole("/proxy/network");
    }

    /// A controller from before UniFi OS.
    static FakeConsole old() throws Exception {
        return new FakeConsole("");
    }

    public int port() {
        return server.getPort();
    }

    Console console(@Nullable String pin) {
        return new Console("localhost", server.getPort(), "default", pin);
    }

    Console console() throws Exception {
        return console(fingerprint());
    }

    public String fingerprint() throws Exception {
        return Pin.fingerprint(own.certificate());
    }

    public ObjectNode network() {
        return (ObjectNode) networks.get(0);
    }

    public ArrayNode users() {
        return users;
    }

    /// The session's token is no longer good.
    void expire() {
        session++;
    }

    @Override
    public synchronized MockResponse dispatch(RecordedRequest r) {
        String path = r.getUrl().encodedPath();
        asked.add(r.getMethod() + " " + path);
        if (expireAfter > 0 && asked.size() > expireAfter) {
            expireAfter = 0;
            expire();
        }
        MockResponse bad = trouble.poll();
        if (bad != null) {
            return bad;
        }
        boolean os = !prefix.isEmpty();
        if (path.equals(os ? "/api/auth/login" : "/api/login")) {
            return login(body(r));
        }
        if (!path.startsWith(prefix + "/api/s/default/")) {
            return answer(404, "{}");
        }
        if (!allowed(r, os)) {
            return answer(403, "{\"error\":{\"message\":\"Invalid CSRF token\"}}");
        }
        return data(r, path.substring((prefix + "/api/s/default/").length()));
    }

    private MockResponse login(JsonNode body) {
        if (!PASSWORD.equals(body.path("password").asString(""))) {
            return answer(401, "{}");
        }
        session++;
        return new MockResponse.Builder()
                .addHeader("Set-Cookie", "TOKEN=s" + session + "; Path=/; Secure; HttpOnly")
                .addHeader("X-CSRF-Token", "c" + session)
                .body("{}")
                .build();
    }

    private boolean allowed(RecordedRequest r, boolean os) {
        if (os && KEY.equals(r.getHeaders().get("X-API-KEY"))) {
            return true;
        }
        String cookie = r.getHeaders().get("Cookie");
        boolean read = "GET".equals(r.getMethod());
        return cookie != null
                && (read
                        ? cookie.contains("TOKEN=s")
                        : cookie.contains("TOKEN=s" + session)
                                && ("c" + session).equals(r.getHeaders().get("X-CSRF-Token")));
    }

    private MockResponse data(RecordedRequest r, String what) {
        JsonNode body = body(r);
        if ("GET".equals(r.getMethod())) {
            return answer(r, what, body);
        }
        written.add(r.getMethod() + " " + what + " " + body);
        if (!rejecting.isEmpty()) {
            return error(rejecting);
        }
        MockResponse right = answer(r, what, body);
        MockResponse instead = cutAtWrite;
        cutAtWrite = null;
        return instead == null ? right : instead;
    }

    private MockResponse answer(RecordedRequest r, String what, JsonNode body) {
        return switch (r.getMethod() + " " + what) {
            case "GET rest/networkconf", "GET rest/networkconf/n1" -> ok(networks);
            case "PUT rest/networkconf/n1" -> putNetwork((ObjectNode) body);
            case "GET rest/user" -> ok(users);
            case "POST rest/user" -> putUser(JSON.createObjectNode(), (ObjectNode) body, true);
            case "PUT rest/user/u0" -> putUser((ObjectNode) users.get(0), (ObjectNode) body, false);
            case "GET stat/sta" ->
                    answer(
                            200,
                            """
                            {"meta":{"rc":"ok"},"data":[
                             {"mac":"90:1b:0e:11:22:33","ip":"192.168.1.77","hostname":"futro"}]}\
                            """);
            default -> error("api.err.NotFound");
        };
    }

    private MockResponse putNetwork(ObjectNode change) {
        ObjectNode merged = network().deepCopy().setAll(change);
        String file = merged.path("dhcpd_boot_filename").asString("");
        String server = merged.path("dhcpd_boot_server").asString("");
        if (change.has("dhcpd_boot_filename") && file.isEmpty()
                || merged.path("dhcpd_boot_enabled").asBoolean(false) && file.isEmpty()
                || server.matches("[0-9.]+") && dev.ichor.cluster.Ip4.parse(server).isEmpty()) {
            return error("api.err.InvalidPayload");
        }
        if (merged.path("dhcpguard_enabled").asBoolean(false)
                && change.path("dhcpd_ip_1").asString("").isEmpty()) {
            return error("api.err.MissingIPAddress");
        }
        if (!forgetful) {
            network().setAll(merged.put("setting_preference", "manual"));
        }
        return ok(networks);
    }

    private MockResponse putUser(ObjectNode user, ObjectNode change, boolean fresh) {
        String ip = change.path("fixed_ip").asString("");
        boolean on = change.path("use_fixedip").asBoolean(false);
        if (on && !ip.startsWith("192.168.1.")) {
            return error("api.err.InvalidFixedIP");
        }
        for (JsonNode other : users) {
            if (on && other != user && other.path("fixed_ip").asString("").equals(ip)) {
                return error("api.err.DuplicateFixedIP");
            }
            if (fresh && other.path("mac").equals(change.path("mac"))) {
                return error("api.err.MacUsed");
            }
        }
        user.setAll(change);
        if (fresh) {
            users.add(user.put("_id", "u" + users.size()));
        }
        return ok(users);
    }

    private static JsonNode body(RecordedRequest r) {
        return r.getBody() == null || r.getBody().size() == 0
                ? JSON.createObjectNode()
                : JSON.readTree(r.getBody().utf8());
    }

    private static MockResponse ok(ArrayNode data) {
        return answer(200, "{\"meta\":{\"rc\":\"ok\"},\"data\":" + data + "}");
    }

    private static MockResponse error(String name) {
        return answer(400, "{\"meta\":{\"rc\":\"error\",\"msg\":\"" + name + "\"},\"data\":[]}");
    }

    static MockResponse answer(int code, String body) {
        return new MockResponse.Builder().code(code).body(body).build();
    }

    @Override
    public void close() {
        server.close();
    }
}
