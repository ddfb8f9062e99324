package dev.ichor.artifacts;

import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.util.Map;
import java.util.function.Supplier;

/// How this program gets to the internet: through the system's proxy, with patience.
public final class Internet {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /// The Factory's first build of an image takes minutes, and says nothing meanwhile.
    private static final Duration BUILD = Duration.ofMinutes(10);

    /// Made when it is first needed: it reads the system's certificates, which takes longer than
    /// all else a boot server needs to start.
    private final Supplier<OkHttpClient> maker;

    private final Retry retry;
    private @Nullable OkHttpClient http;

    /// Waits; handed in.
    @FunctionalInterface
    public interface Pause {
        /// Returns after that time.
        ///
        /// @throws InterruptedException when interrupted
        void pause(Duration time) throws InterruptedException;
    }

    /// @param environment the process's variables, for `https_proxy` and its kin
    public Internet(Map<String, String> environment, Pause pause) {
        this(() -> client(EnvironmentProxies.of(environment)), Retry.usual(pause));
    }

    Internet(OkHttpClient http, Retry retry) {
        this(() -> http, retry);
    }

    private Internet(Supplier<OkHttpClient> maker, Retry retry) {
        this.maker = maker;
        this.retry = retry;
    }

    private synchronized OkHttpClient http() {
        if (http == null) {
            http = maker.get();
        }
        return http;
    }

    private static OkHttpClient client(EnvironmentProxies proxies) {
        return new OkHttpClient.Builder()
                .socketFactory(new WideSockets())
                .proxySelector(proxies)
                .proxyAuthenticator(password(proxies))
                .connectTimeout(CONNECT)
                .readTimeout(SILENCE)
                .build();
    }

    /// Answers a proxy's question once; asked again, the password is wrong.
    private static Authenticator password(EnvironmentProxies proxies) {
        return (route, response) -> {
            String[] who = proxies.login(response.request().url().scheme()).split(":", 2);
            boolean asked = response.request().header("Proxy-Authorization") != null;
            return who.length < 2 || asked
                    ? null
                    : response.request()
                            .newBuilder()
                            .header("Proxy-Authorization", Credentials.basic(who[0], who[1]))
                            .build();
        };
    }

    Download download() {
        return new Download(http(), retry);
    }

    Download patientDownload() {
        return new Download(http().newBuilder().readTimeout(BUILD).build(), retry);
    }
}
