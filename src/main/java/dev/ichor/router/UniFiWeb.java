package dev.ichor.router;

import dev.ichor.cluster.ProblemException;
import dev.ichor.trust.LeafTrust;
import dev.ichor.trust.Pin;

import okhttp3.Cookie;
import okhttp3.CookieJar;
import okhttp3.HttpUrl;
import okhttp3.MediaType;
import okhttp3.OkHttpClient;
import okhttp3.Request;
import okhttp3.RequestBody;
import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.net.Proxy;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;

/// JSON over HTTPS with one console: logged in, patient with a console that is busy or restarts.
final class UniFiWeb {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final MediaType TYPE = MediaType.get("application/json");
    private static final Duration PATIENCE = Duration.ofSeconds(20);

    /// A console is back two to three minutes after it restarts.
    private static final Duration RESTART = Duration.ofSeconds(10);

    private static final int ATTEMPTS = 18;
    private static final Duration LONGEST = Duration.ofMinutes(2);

    private final Console console;
    private final Console.Login login;
    private final Console.Pause pause;
    private final Pin pin;
    private final OkHttpClient http;
    private String prefix = "/proxy/network";
    private String csrf = "";
    private boolean reached;

    /// Connects and logs in.
    ///
    /// @throws ProblemException when the console is away, is another one, or refuses
    UniFiWeb(Console console, Console.Login login, Console.Around around)
            throws IOException, InterruptedException {
        this.console = console;
        this.login = login;
        this.pause = around.pause();
        this.pin = new Pin(console.pin(), around.accept());
        LeafTrust trust = pin.trust();
        this.http =
                new OkHttpClient.Builder()
                        .sslSocketFactory(trust.context().getSocketFactory(), trust)
                        .hostnameVerifier((host, session) -> true) // the pin says who it is
                        .cookieJar(new Cookies())
                        .proxy(Proxy.NO_PROXY)
                        .followRedirects(false)
                        .retryOnConnectionFailure(false) // what may have arrived is ours to repeat
                        .callTimeout(PATIENCE)
                        .build();
        if (login instanceof Console.Login.Password password) {
            logIn(password);
        }
    }

    /// Fingerprint of the console's certificate.
    String fingerprint() {
        return pin.shown();
    }

    static ObjectNode object() {
        return JSON.createObjectNode();
    }

    /// Reads below the network application.
    JsonNode get(String path) throws IOException, InterruptedException {
        return call("GET", path, null);
    }

    /// Writes below the network application.
    ///
    /// @param method PUT or POST
    /// @throws ProblemException when the console rejects it, in words
    JsonNode send(String method, String path, JsonNode body)
            throws IOException, InterruptedException {
        return call(method, path, body);
    }

    private void logIn(Console.Login.Password as) throws IOException, InterruptedException {
        ObjectNode body = object().put("username", as.user()).put("password", as.password());
        csrf = "";
        try (Response r = patiently("POST", "/api/auth/login", body)) {
            if (r.code() != 404) {
                loggedIn(r);
                return;
            }
        }
        prefix = ""; // a controller from before UniFi OS
        try (Response r = patiently("POST", "/api/login", body)) {
            loggedIn(r);
        }
    }

    private void loggedIn(Response r) throws IOException {
        if (!r.isSuccessful()) {
            throw r.code() == 404
                    ? UniFiWords.noConsole(console.host())
                    : UniFiWords.login(console.host(), r.code());
        }
    }

    private JsonNode call(String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        Response first = patiently(method, prefix + path, body);
        if (isLoginOver(first.code()) && login instanceof Console.Login.Password password) {
            first.close();
            logIn(password);
            first = patiently(method, prefix + path, body);
        }
        try (Response r = first) {
            JsonNode answer = read(r);
            String error = answer.path("meta").path("msg").asString("");
            if (r.isSuccessful() && !answer.path("meta").path("rc").asString("").equals("error")) {
                return answer;
            }
            throw UniFiWords.rejected(console.host(), r.code(), error);
        }
    }

    /// A session or its CSRF token that has run out.
    private static boolean isLoginOver(int code) {
        return code == 401 || code == 403;
    }

    private JsonNode read(Response r) throws IOException {
        JsonNode answer;
        try {
            answer = JSON.readTree(r.body().byteStream());
        } catch (JacksonException e) {
            answer = JSON.missingNode();
        }
        if (r.isSuccessful() && !answer.isContainer()) {
            throw UniFiWords.noConsole(console.host());
        }
        return answer;
    }

    /// Asks again while the console asks for time or restarts. What creates something is not sent
    /// twice when it may have arrived.
    private Response patiently(String method, String path, @Nullable JsonNode body)
            throws IOException, InterruptedException {
        for (int attempt = 1; ; attempt++) {
            Duration wait = RESTART;
            try {
                Response r = once(method, path, body);
                if (attempt == ATTEMPTS || !isBusy(r.code())) {
                    return r;
                }
                wait = r.code() == 429 ? retryAfter(r) : RESTART;
                r.close();
            } catch (IOException e) {
                if (pin.isRefused()) {
                    throw refused();
                }
                if (!reached || attempt == ATTEMPTS || method.equals("POST")) {
                    throw UniFiWords.away(console.host(), reached, e);
                }
            }
            pause.of(wait);
        }
    }

    private static boolean isBusy(int code) {
        return code == 429 || code == 502 || code == 503 || code == 504;
    }

    /// RFC 9110 section 10.2.3, in seconds.
    private static Duration retryAfter(Response r) {
        String seconds = r.header("Retry-After", "");
        Duration wished =
                seconds != null && seconds.matches("[0-9]{1,6}")
                        ? Duration.ofSeconds(Long.parseLong(seconds))
                        : RESTART;
        return wished.compareTo(LONGEST) > 0 ? LONGEST : wished;
    }

    private Response once(String method, String path, @Nullable JsonNode body) throws IOException {
        Request.Builder request =
                new Request.Builder()
                        .url(url(path))
                        .header("Accept", "application/json")
                        .method(
                                method,
                                body == null ? null : RequestBody.create(body.toString(), TYPE));
        if (login instanceof Console.Login.Key key) {
            request.header("X-API-KEY", key.key());
        }
        if (!csrf.isEmpty()) {
            request.header("X-CSRF-Token", csrf);
        }
        Response r = http.newCall(request.build()).execute();
        reached = true;
        String fresh = r.header("X-Updated-CSRF-Token", r.header("X-CSRF-Token"));
        csrf = fresh == null ? csrf : fresh;
        return r;
    }

    private HttpUrl url(String path) {
        return new HttpUrl.Builder()
                .scheme("https")
                .host(console.host())
                .port(console.port())
                .encodedPath(path)
                .build();
    }

    /// The session's cookies, forgotten with it.
    private static final class Cookies implements CookieJar {
        private final List<Cookie> kept = new ArrayList<>();

        @Override
        public synchronized List<Cookie> loadForRequest(HttpUrl url) {
            return kept.stream().filter(c -> c.matches(url)).toList();
        }

        @Override
        public synchronized void saveFromResponse(HttpUrl url, List<Cookie> cookies) {
            for (Cookie fresh : cookies) {
                kept.removeIf(old -> old.name().equals(fresh.name()));
                kept.add(fresh);
            }
        }
    }

    private ProblemException refused() {
        String what = "The router at " + console.host();
        return console.pin() == null
                ? new ProblemException(
                        what + " was not accepted.",
                        "Its certificate is " + pin.shown() + ".",
                        "Compare it with what a browser shows for the router's page, then accept"
                                + " it.")
                : new ProblemException(
                        what + " shows another certificate than before.",
                        "It shows " + pin.shown() + "; before it was " + console.pin() + ".",
                        "If the router was reset or renewed, forget the old one; else something"
                                + " answers in its place.");
    }
}
