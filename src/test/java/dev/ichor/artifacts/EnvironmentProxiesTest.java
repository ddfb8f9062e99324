package dev.ichor.artifacts;

import static org.assertj.core.api.Assertions.assertThat;

import mockwebserver3.MockResponse;
import mockwebserver3.MockWebServer;

import okhttp3.HttpUrl;

import org.junit.jupiter.api.Test;

import java.net.URI;
import java.util.List;
import java.util.Map;

class EnvironmentProxiesTest {
    @Test
    void https_proxy_is_asked_for_but_for_what_no_proxy_names() {
        EnvironmentProxies p =
                EnvironmentProxies.of(
                        Map.of(
                                "HTTPS_PROXY", "http://proxy.lan:3128",
                                "no_proxy", "localhost, .home.arpa,nas.lan"));

        assertThat(p.select(URI.create("https://github.com/x")).toString())
                .contains("HTTP @ proxy.lan")
                .contains(":3128");
        for (String direct : List.of("localhost", "a.home.arpa", "home.arpa", "nas.lan")) {
            assertThat(p.select(URI.create("https://" + direct + "/x")).toString())
                    .isEqualTo("[DIRECT]");
        }
        assertThat(p.select(URI.create("https://other-nas.lan/x")).toString())
                .contains("proxy.lan");
    }

    @Test
    void each_scheme_has_its_own_and_all_proxy_is_for_the_rest() {
        EnvironmentProxies p =
                EnvironmentProxies.of(Map.of("http_proxy", "one:1", "all_proxy", "socks5://two:2"));

        assertThat(p.select(URI.create("http://x/")).toString()).contains("HTTP @ one");
        assertThat(p.select(URI.create("https://x/")).toString()).contains("SOCKS @ two");
    }

    @Test
    void no_variable_or_nonsense_leaves_it_to_the_system() {
        for (Map<String, String> env :
                List.of(Map.<String, String>of(), Map.of("https_proxy", "http://[bad"))) {
            assertThat(EnvironmentProxies.of(env).select(URI.create("https://x/")).toString())
                    .isEqualTo("[DIRECT]");
        }
    }

    @Test
    void a_proxy_that_asks_gets_name_and_password_once() throws Exception {
        try (MockWebServer proxy = new MockWebServer()) {
            proxy.enqueue(
                    new MockResponse.Builder()
                            .code(407)
                            .setHeader("Proxy-Authenticate", "Basic realm=\"x\"")
                            .build());
            proxy.enqueue(new MockResponse.Builder().body("through").build());
            proxy.start();
            Internet internet =
                    new Internet(
                            Map.of(
                                    "http_proxy",
                                    "http://joe:pa%40ss@"
                                            + proxy.getHostName()
                                            + ":"
                                            + proxy.getPort()),
                            pause -> {});

            String text = internet.download().text(HttpUrl.get("http://talos.invalid/list"));

            assertThat(text).isEqualTo("through");
            proxy.takeRequest();
            assertThat(proxy.takeRequest().getHeaders().get("Proxy-Authorization"))
                    .isEqualTo("Basic am9lOnBhQHNz");
        }
    }
}
