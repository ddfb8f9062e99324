package dev.ichor.artifacts;

import okhttp3.Authenticator;
import okhttp3.Credentials;
import okhttp3.OkHttpClient;

import java.time.Duration;
import java.util.Map;

/// How this program gets to the internet: through the system's proxy, with patience.
public final class Internet {
    private static final Duration CONNECT = Duration.ofSeconds(15);
    private static final Duration SILENCE = Duration.ofSeconds(30);

    /// The Factory's first build of an image takes minutes, and says nothing meanwhile.
    private static final Duration BUILD = Duration.ofMinutes(10);

    private final OkHttpClient http;
    private final Retry retry;

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
        this(client(EnvironmentProxies.of(environment)), Retry.usual(pause));
    }

    Internet(OkHttpClient http, Retry retry) {
        this.http = http;
        this.retry = retry;
    }

    private static OkHttpClient client(EnvironmentProxies proxies) {
        return new OkHttpClient.Builder()
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
        return new Download(http, retry);
    }

    Download patientDownload() {
        return new Download(http.newBuilder().readTimeout(BUILD).build(), retry);
    }
}
