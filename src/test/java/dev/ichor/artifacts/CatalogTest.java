package dev.ichor.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.Extension;
import dev.ichor.cluster.Listing;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Path;
import java.time.Instant;
import java.util.Optional;

class CatalogTest {
    private static final Instant MONDAY = Instant.parse("2026-11-23T10:00:00Z");
    private static final Instant TUESDAY = Instant.parse("2026-11-24T10:00:00Z");

    @TempDir Path folder;
    private Releases web;
    private Instant now = MONDAY;

    @BeforeEach
    void start() throws IOException {
        web = new Releases();
        put(
                "/list",
                """
                [{"tag_name": "v1.12.5"}, {"tag_name": "v1.14.0-alpha.2", "prerelease": true},
                 {"tag_name": "v1.13.10"}, {"tag_name": "v1.13.9"}, {"tag_name": "v1.8.3"},
                 {"tag_name": "pkg/machinery/v1.13.9"}, {"tag_name": "v1.14.0"}]
                """);
        put("/factory/versions", "[\"v1.13.9\", \"v1.14.0-rc.1\", \"v1.2.0\"]");
        put(
                "/factory/version/v1.13.9/extensions/official",
                """
                [{"name": "siderolabs/realtek-firmware", "ref": "ghcr.io/x", "digest": "sha256:0",
                  "author": "Sidero Labs", "description": "Realtek\\nfirmware.\\n"},
                 {"name": "siderolabs/amd-ucode", "description": "Microcode"}]
                """);
    }

    @AfterEach
    void stop() {
        web.close();
    }

    @Test
    void releases_come_newest_first_and_only_those_we_can_configure() throws Exception {
        assertThat(catalog().releases().items().stream().map(TalosVersion::toString))
                .containsExactly("v1.14.0", "v1.14.0-alpha.2", "v1.13.10", "v1.13.9", "v1.12.5");
        assertThat(catalog().factoryReleases().items().stream().map(TalosVersion::toString))
                .containsExactly("v1.14.0-rc.1", "v1.13.9");
    }

    @Test
    void extensions_come_with_their_descriptions() throws Exception {
        assertThat(catalog().extensions(TalosVersion.of("v1.13.9")).items())
                .containsExactly(
                        new Extension("siderolabs/amd-ucode", "Microcode", ""),
                        new Extension(
                                "siderolabs/realtek-firmware", "Realtek firmware.", "Sidero Labs"));
    }

    @Test
    void without_internet_it_is_the_list_seen_last_with_its_date() throws Exception {
        catalog().releases();
        now = TUESDAY;
        web.files.clear();

        Listing<TalosVersion> list = catalog().releases();

        assertThat(list.items()).hasSize(5);
        assertThat(list.seen()).isEqualTo(MONDAY);
        assertThat(String.valueOf(list.trouble())).contains("does not have list.");
    }

    @Test
    void nonsense_does_not_replace_the_list_seen_last() throws Exception {
        catalog().releases();
        put("/list", "[]");

        assertThat(catalog().releases().items()).hasSize(5);
        put("/list", "{\"message\": \"API rate limit exceeded\"}");
        assertThat(catalog().releases().items()).hasSize(5);
        put("/list", "hello");
        assertThat(catalog().releases().items()).hasSize(5);
    }

    @Test
    void never_seen_and_not_there_is_a_problem() {
        web.files.clear();

        assertThatThrownBy(() -> catalog().releases())
                .isInstanceOf(ProblemException.class)
                .hasMessageEndingWith(" does not have list.");
    }

    private Catalog catalog() {
        URI base = web.server.url("/").uri();
        Upstream upstream =
                new Upstream(
                        base,
                        base.resolve("list"),
                        base.resolve("factory"),
                        (talos, name) -> Optional.empty());
        return new Catalog(upstream, new Cache(folder), web.internet(), () -> now);
    }

    private void put(String path, String json) {
        web.files.put(path, json.getBytes(StandardCharsets.UTF_8));
    }
}
