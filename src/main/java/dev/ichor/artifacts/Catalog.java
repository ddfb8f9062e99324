package dev.ichor.artifacts;

import dev.ichor.cluster.Extension;
import dev.ichor.cluster.Listing;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import okhttp3.HttpUrl;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;
import tools.jackson.databind.node.ObjectNode;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Instant;
import java.time.InstantSource;
import java.util.Comparator;
import java.util.List;
import java.util.Optional;
import java.util.function.Function;

/// Which releases and extensions there are; without internet, what was seen last.
public final class Catalog {
    private static final JsonMapper JSON = new JsonMapper();

    private final Upstream upstream;
    private final Cache cache;
    private final Download download;
    private final InstantSource clock;

    /// @param cache where the last answers are kept
    public Catalog(Upstream upstream, Cache cache, Internet internet, InstantSource clock) {
        this.upstream = upstream;
        this.cache = cache;
        this.download = internet.download();
        this.clock = clock;
    }

    /// The releases on Talos' release page that this program can configure, newest first, with
    /// pre-releases.
    ///
    /// @throws ProblemException when it cannot be asked and was never seen
    public Listing<TalosVersion> releases() throws IOException, InterruptedException {
        return ask(
                HttpUrl.get(upstream.list().toString()),
                "releases.json",
                n -> versions(n, r -> r.path("tag_name").asString("")));
    }

    /// The releases the Image Factory builds, newest first, with pre-releases.
    ///
    /// @throws ProblemException when it cannot be asked and was never seen
    public Listing<TalosVersion> factoryReleases() throws IOException, InterruptedException {
        return ask(factory().versions(), "factory.json", n -> versions(n, r -> r.asString("")));
    }

    /// The official extensions of a release, by name.
    ///
    /// @throws ProblemException when the Factory cannot be asked and was never seen
    public Listing<Extension> extensions(TalosVersion talos)
            throws IOException, InterruptedException {
        return ask(
                factory().extensions(talos),
                "extensions-" + talos + ".json",
                n ->
                        n.valueStream()
                                .map(Catalog::extension)
                                .sorted(Comparator.comparing(Extension::name))
                                .toList());
    }

    private Factory factory() {
        return new Factory(download, upstream.factory());
    }

    private static Extension extension(JsonNode n) {
        return new Extension(
                n.path("name").asString(""),
                n.path("description").asString("").strip().replaceAll("\\s+", " "),
                n.path("author").asString(""));
    }

    private static List<TalosVersion> versions(JsonNode array, Function<JsonNode, String> name) {
        return array.valueStream()
                .flatMap(n -> TalosVersion.parse(name.apply(n)).stream())
                .filter(v -> v.patch() >= 0)
                .filter(v -> v.atLeast(TalosVersion.OLDEST.major(), TalosVersion.OLDEST.minor()))
                .distinct()
                .sorted(Comparator.comparing(Catalog::releaseOrder).reversed())
                .toList();
    }

    /// `v1.13.0-alpha.2` comes before `v1.13.0`.
    private static String releaseOrder(TalosVersion v) {
        String suffix = v.suffix().isEmpty() ? "~" : v.suffix();
        return String.format("%06d%06d%06d%s", v.major(), v.minor(), v.patch(), suffix);
    }

    private <T> Listing<T> ask(HttpUrl url, String name, Function<JsonNode, List<T>> reader)
            throws IOException, InterruptedException {
        try {
            String text = download.text(url);
            Instant now = clock.instant();
            List<T> items = items(text, reader).orElseThrow(() -> Words.noList(url));
            ObjectNode kept =
                    JSON.createObjectNode().put("seen", now.toString()).put("answer", text);
            cache.write("lists", name, JSON.writeValueAsString(kept));
            return new Listing<>(items, now, null);
        } catch (ProblemException e) {
            return last(name, reader, e).orElseThrow(() -> e);
        }
    }

    private <T> Optional<Listing<T>> last(
            String name, Function<JsonNode, List<T>> reader, ProblemException why)
            throws IOException {
        try {
            JsonNode kept = JSON.readTree(cache.read("lists", name).orElse("{}"));
            Instant seen = Instant.parse(kept.path("seen").asString(""));
            return items(kept.path("answer").asString(""), reader)
                    .map(items -> new Listing<>(items, seen, why.problem()));
        } catch (JacksonException | DateTimeException e) {
            return Optional.empty();
        }
    }

    private static <T> Optional<List<T>> items(String text, Function<JsonNode, List<T>> reader) {
        try {
            List<T> items = reader.apply(JSON.readTree(text));
            return items.isEmpty() ? Optional.empty() : Optional.of(items);
        } catch (JacksonException e) {
            return Optional.empty();
        }
    }
}
