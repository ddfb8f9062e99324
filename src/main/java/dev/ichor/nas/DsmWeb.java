package dev.ichor.nas;

import dev.ichor.cluster.ProblemException;
import dev.ichor.trust.LeafTrust;
import dev.ichor.trust.Pin;

import okhttp3.FormBody;
import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.Response;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.Arrays;
import java.util.HashMap;
import java.util.LinkedHashMap;
import java.util.Map;

import javax.net.ssl.SSLException;

/// DSM's web interface: every call a form by POST, every answer `{success, data | error}`.
final class DsmWeb implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(60);

    /// Images are pulled meanwhile.
    private static final Duration LONG_PATIENCE = Duration.ofMinutes(15);

    private static final String INFO = "SYNO.API.Info";
    private static final String AUTH = "SYNO.API.Auth";

    /// From 7 on, log-ins imitate DSM's own page.
    private static final int AUTH_VERSION = 6;

    private static final int CODE_WANTED = 403;

    private final Synology.At at;
    private final Pin pin;
    private final OkHttpClient http;
    private final Map<String, Api> apis = new HashMap<>();
    private String sid = "";
    private String token = "";

    /// How one of the interfaces wants to be called.
    ///
    /// @param json whether values are written as JSON
    private record Api(String path, int newest, boolean json) {}

    private DsmWeb(Synology.At at, Pin pin) {
        this.at = at;
        this.pin = pin;
        LeafTrust trust = pin.trust();
        this.http =
                new OkHttpClient.Builder()
                        .sslSocketFactory(trust.context().getSocketFactory(), trust)
                        .hostnameVerifier((host, session) -> true) // the pin says who it is
                        .proxy(Proxy.NO_PROXY)
                        .followRedirects(false)
                        .retryOnConnectionFailure(false)
                        .readTimeout(LONG_PATIENCE)
                        .build();
    }

    static DsmWeb open(Synology.At at, Synology.Asked asked) throws IOException {
        DsmWeb web = new DsmWeb(at, new Pin(at.pin(), asked.accept()));
        try {
            web.discover();
            web.logIn(asked);
            return web;
        } catch (IOException e) {
            web.hangUp();
            throw e;
        }
    }

    String certificate() {
        return pin.shown();
    }

    /// Whether this DSM has that interface.
    boolean offers(String api) {
        return apis.containsKey(api);
    }

    private void discover() throws IOException {
        apis.put(INFO, new Api("query.cgi", 1, false));
        JsonNode all = call(INFO, 1, "query", Map.of("query", "all"));
        all.forEachEntry((name, api) ->
                apis.put(
                        name,
                        new Api(
                                api.path("path").asString("entry.cgi"),
                                api.path("maxVersion").asInt(1),
                                api.path("requestFormat").asString("").equals("JSON"))));
        if (!offers(AUTH)) {
            throw DsmWords.noDsm(at.host());
        }
    }

    private void logIn(Synology.Asked asked) throws IOException {
        char[] typed = asked.password().get();
        Map<String, Object> fields = new LinkedHashMap<>();
        fields.put("account", at.user());
        fields.put("passwd", new String(typed));
        fields.put("session", "Ichor");
        fields.put("format", "sid");
        fields.put("enable_syno_token", "yes");
        Arrays.fill(typed, '\0');
        int version = Math.min(AUTH_VERSION, api(AUTH).newest());
        JsonNode answer = ask(AUTH, version, "login", fields);
        if (error(answer) == CODE_WANTED) {
            String code = asked.code().get();
            if (code.isEmpty()) {
                throw DsmWords.login(at, CODE_WANTED);
            }
            fields.put("otp_code", code);
            answer = ask(AUTH, version, "login", fields);
        }
        if (error(answer) != 0) {
            throw DsmWords.login(at, error(answer));
        }
        sid = answer.path("data").path("sid").asString("");
        token = answer.path("data").path("synotoken").asString("");
    }

    /// Calls and gives `data`.
    ///
    /// @throws ProblemException when DSM refuses, in words
    JsonNode call(String api, int version, String method, Map<String, Object> fields)
            throws IOException {
        JsonNode answer = ask(api, version, method, fields);
        if (error(answer) != 0) {
            throw DsmWords.refused(at, api, error(answer));
        }
        return answer.path("data");
    }

    /// Calls something that takes long and tells plain text meanwhile.
    ///
    /// @return all of the text
    /// @throws ProblemException when DSM refuses, in words
    String stream(String api, int version, String method, Map<String, Object> fields)
            throws IOException {
        String text = send(api, version, method, fields, LONG_PATIENCE);
        if (text.startsWith("{\"error\"") || text.startsWith("{\"success\"")) {
            JsonNode answer = tree(text);
            if (error(answer) != 0) {
                throw DsmWords.refused(at, api, error(answer));
            }
        }
        return text;
    }

    /// A request that is no form.
    ///
    /// @param api whose path it goes to
    Request.Builder request(String api, Map<String, String> query) throws ProblemException {
        HttpUrl.Builder url = url(api(api).path()).newBuilder().addQueryParameter("_sid", sid);
        query.forEach(url::addQueryParameter);
        return new Request.Builder().url(url.build()).header("X-SYNO-TOKEN", token);
    }

    /// DSM's error, 0 when it succeeded.
    int sent(Request request) throws IOException {
        return error(tree(text(request, LONG_PATIENCE)));
    }

    /// The answer as it comes, to be closed.
    Response raw(Request request) throws IOException {
        return http.newCall(request).execute();
    }

    /// Calls, and gives the whole answer with its error, if any.
    JsonNode asked(String api, String method, Map<String, Object> fields) throws IOException {
        return ask(api, 2, method, fields);
    }

    private JsonNode ask(String api, int version, String method, Map<String, Object> fields)
            throws IOException {
        return tree(send(api, version, method, fields, PATIENCE));
    }

    private JsonNode tree(String text) throws IOException {
        try {
            JsonNode answer = JSON.readTree(text);
            if (answer.path("success").isBoolean()) {
                return answer;
            }
        } catch (JacksonException e) {
            System.getLogger(DsmWeb.class.getName())
                    .log(System.Logger.Level.DEBUG, "no JSON: {0}", e.getMessage());
        }
        throw DsmWords.noDsm(at.host());
    }

    /// 0 when it succeeded.
    static int error(JsonNode answer) {
        return answer.path("success").asBoolean(false)
                ? 0
                : answer.path("error").path("code").asInt(-1);
    }

    private Api api(String name) throws ProblemException {
        Api api = apis.get(name);
        if (api == null) {
            throw DsmWords.missing(at.host(), name);
        }
        return api;
    }

    private String send(
            String name, int version, String method, Map<String, Object> fields, Duration patience)
            throws IOException {
        Api api = api(name);
        FormBody.Builder form =
                new FormBody.Builder()
                        .add("api", name)
                        .add("version", String.valueOf(version))
                        .add("method", method);
        fields.forEach((key, value) ->
                form.add(key, api.json() ? JSON.writeValueAsString(value) : value.toString()));
        if (!sid.isEmpty()) {
            form.add("_sid", sid);
        }
        Request request =
                new Request.Builder()
                        .url(url(api.path()))
                        .header("X-SYNO-TOKEN", token)
                        .post(form.build())
                        .build();
        return text(request, patience);
    }

    private String text(Request request, Duration patience) throws IOException {
        OkHttpClient patient = http.newBuilder().callTimeout(patience).build();
        try (Response r = patient.newCall(request).execute()) {
            if (!r.isSuccessful()) {
                throw DsmWords.noDsm(at.host());
            }
            return r.body().string();
        } catch (ProblemException e) {
            throw e;
        } catch (SSLException e) {
            throw DsmWords.tls(at, pin.shown(), e);
        } catch (IOException e) {
            throw DsmWords.away(at, !sid.isEmpty(), e);
        }
    }

    private HttpUrl url(String path) {
        return new HttpUrl.Builder()
                .scheme("https")
                .host(at.host())
                .port(at.port())
                .addPathSegment("webapi")
                .addPathSegments(path)
                .build();
    }

    @Override
    public void close() {
        try {
            call(
                    AUTH,
                    Math.min(AUTH_VERSION, api(AUTH).newest()),
                    "logout",
                    Map.of("session", "Ichor"));
        } catch (IOException e) {
            System.getLogger(DsmWeb.class.getName())
                    .log(System.Logger.Level.DEBUG, "not logged out: {0}", e.getMessage());
        }
        hangUp();
    }

    private void hangUp() {
        http.dispatcher().executorService().shutdown();
        http.connectionPool().evictAll();
    }
}
