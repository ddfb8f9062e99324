package dev.ichor.netboot;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.netboot.ignition.Ignition;
import dev.ichor.netboot.template.Template;
import dev.ichor.netboot.template.TemplateException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.BiConsumer;
import java.util.function.Function;
import java.util.function.Predicate;
import java.util.stream.Collectors;

/// Answers a Matchbox v0.11.0 gives from the same folder. Knows nothing of gates.
final class Matchbox {
    private static final String JSON = ".json";

    private static final String BUTANE =
            "Butane is not translated here: make it an Ignition config with butane, and name that"
                    + " NAME.ign.";

    private final BootTree tree;
    private final MatchboxJson json;
    private final Groups groups;
    private final Assets assets;
    private final BiConsumer<String, String> note;

    /// As many as groups name.
    private final Map<String, Parsed> profiles = new ConcurrentHashMap<>();

    /// @param file as it was when it was read
    private record Parsed(Content file, Optional<MatchboxJson.Profile> profile) {}

    /// @param note is told file and line, and what is odd there
    Matchbox(BootTree tree, BiConsumer<String, String> note) {
        this.tree = tree;
        this.note = note;
        this.json = new MatchboxJson(note);
        this.groups = new Groups(tree, json);
        this.assets = new Assets(tree);
    }

    /// @param path decoded
    HttpResponse answer(HttpRequest request, String path) throws IOException {
        Optional<String> elsewhere = redirect(request.rawPath());
        if (elsewhere.isPresent()) {
            return redirected(request, elsewhere.get());
        }
        Labels labels = Labels.of(request.rawQuery());
        return switch (path) {
            case "/" -> HttpResponse.text(200, "matchbox\n");
            case "/boot.ipxe", "/boot.ipxe.0" -> HttpResponse.text(200, Scripts.BOOT);
            case "/ipxe" -> boot(labels, Matchbox::ipxe);
            case "/grub" -> boot(labels, Matchbox::grub);
            case "/metadata" -> metadata(labels);
            case "/generic" ->
                    template(
                            request,
                            labels,
                            "generic/",
                            MatchboxJson.Profile::generic_id,
                            text -> true);
            case "/cloud" ->
                    template(
                            request,
                            labels,
                            "cloud/",
                            MatchboxJson.Profile::cloud_id,
                            Matchbox::isCloud);
            case "/ignition" -> ignition(labels);
            default ->
                    path.startsWith(Assets.PREFIX)
                            ? assets.answer(request, path)
                            : HttpResponse.notFound();
        };
    }

    /// Where a path with `//`, `/./` or `/../` leads, by Go's `ServeMux`.
    private static Optional<String> redirect(String raw) {
        if (raw.equals("/assets")) {
            return Optional.of(Assets.PREFIX);
        }
        String slash = raw.endsWith("/") ? "/" : "";
        String clean = "/" + Assets.clean(raw).orElse("");
        String to = clean.length() > 1 ? clean + slash : clean;
        return to.equals(raw) ? Optional.empty() : Optional.of(to);
    }

    private static HttpResponse redirected(HttpRequest request, String to) {
        String query = request.rawQuery().isEmpty() ? "" : "?" + request.rawQuery();
        boolean page = request.method().equals("GET");
        if (!page && !request.head()) {
            return HttpResponse.bare(307, "Location", to + query);
        }
        String body =
                page
                        ? "<a href=\"" + Html.escape(to + query) + "\">Temporary Redirect</a>.\n\n"
                        : "";
        return HttpResponse.of(
                        307, "text/html; charset=utf-8", body.getBytes(StandardCharsets.UTF_8))
                .with("Location", to + query);
    }

    private HttpResponse boot(Labels labels, Function<MatchboxJson.Boot, String> script)
            throws IOException {
        return boot(labels)
                .map(b -> HttpResponse.text(200, script.apply(b)))
                .orElseGet(HttpResponse::notFound);
    }

    /// What a machine is to boot by its profile.
    Optional<MatchboxJson.Boot> boot(Labels labels) throws IOException {
        Optional<Groups.Rule> group = groups.match(labels);
        Optional<MatchboxJson.Profile> profile =
                group.isEmpty() ? Optional.empty() : profile(group.get().profile());
        return profile.map(MatchboxJson.Profile::boot);
    }

    private static String ipxe(MatchboxJson.Boot b) {
        StringBuilder s = new StringBuilder("#!ipxe\nkernel ").append(b.kernelOrEmpty());
        b.arguments().forEach(a -> s.append(' ').append(a));
        s.append('\n');
        b.initrds().forEach(i -> s.append("initrd ").append(i).append('\n'));
        return s.append("boot\n").toString();
    }

    private static String grub(MatchboxJson.Boot b) {
        return "default=0\nfallback=1\ntimeout=1\n"
                + entry("EFI", "linuxefi", "initrdefi", b)
                + entry("BIOS", "linux", "initrd", b);
    }

    private static String entry(String name, String linux, String initrd, MatchboxJson.Boot b) {
        String files =
                b.initrds().stream().map(i -> "\"" + i + "\"").collect(Collectors.joining(" "));
        String line = linux + " \"" + b.kernelOrEmpty() + "\" " + String.join(" ", b.arguments());
        return "menuentry \"CoreOS (%s)\" {\necho \"Loading kernel\"\n%s\n".formatted(name, line)
                + "echo \"Loading initrd\"\n%s  %s\n}\n".formatted(initrd, files);
    }

    private HttpResponse metadata(Labels labels) throws IOException {
        return groups.match(labels)
                .map(g -> TemplateData.metadata(TemplateData.of(g, labels)))
                // Matchbox's own spelling of the type.
                .map(m -> HttpResponse.of(200, "plain/text", m.getBytes(StandardCharsets.UTF_8)))
                .orElseGet(HttpResponse::notFound);
    }

    private HttpResponse template(
            HttpRequest request,
            Labels labels,
            String folder,
            Function<MatchboxJson.Profile, @Nullable String> id,
            Predicate<String> fits)
            throws IOException {
        Optional<Groups.Rule> group = groups.match(labels);
        Optional<String> path = named(group, id).map(i -> folder + i);
        Optional<Content> file = path.isEmpty() ? Optional.empty() : tree.get(path.get());
        if (file.isEmpty()) {
            return HttpResponse.notFound();
        }
        Optional<String> text =
                rendered(path.get(), text(file.get()), TemplateData.of(group.get(), labels));
        return text.filter(fits).isEmpty()
                ? HttpResponse.notFound()
                : Assets.content(request, "", new Content.Text(text.get()));
    }

    /// Which file the profile of a group names.
    private Optional<String> named(
            Optional<Groups.Rule> group, Function<MatchboxJson.Profile, @Nullable String> id)
            throws IOException {
        return (group.isEmpty()
                        ? Optional.<MatchboxJson.Profile>empty()
                        : profile(group.get().profile()))
                .map(id)
                .filter(i -> !i.isEmpty())
                .flatMap(Assets::clean);
    }

    private HttpResponse ignition(Labels labels) throws IOException {
        Optional<String> id = named(groups.match(labels), MatchboxJson.Profile::ignition_id);
        String path = "ignition/" + id.orElse("");
        Optional<Content> file = id.isEmpty() ? Optional.empty() : tree.get(path);
        if (file.isEmpty()) {
            return HttpResponse.notFound();
        }
        if (!path.endsWith(".ign") && !path.endsWith(".ignition")) {
            note.accept(path, BUTANE);
            return HttpResponse.error(404, "404 " + path + ": " + BUTANE);
        }
        Ignition config = Ignition.rewrite(bytes(file.get()));
        config.trouble()
                .ifPresent(t -> note.accept(path, "An empty config is handed out for it: " + t));
        return HttpResponse.of(
                200, "application/json", config.json().getBytes(StandardCharsets.UTF_8));
    }

    private Optional<String> rendered(String path, String text, Map<String, Object> data) {
        try {
            return Optional.of(Template.parse(text).render(data));
        } catch (TemplateException e) {
            note.accept(
                    path + ":" + e.line(), "This template is not handed out: " + e.getMessage());
            return Optional.empty();
        }
    }

    private static boolean isCloud(String text) {
        String first = text.lines().findFirst().orElse("");
        return first.startsWith("#!")
                || first.stripTrailing().equals("#cloud-config") && CloudConfig.isYaml(text);
    }

    private Optional<MatchboxJson.Profile> profile(String id) throws IOException {
        Optional<String> path = Assets.clean(id).filter(p -> !p.isEmpty());
        Optional<Content> file =
                path.isEmpty() ? Optional.empty() : tree.get("profiles/" + path.get() + JSON);
        if (file.isEmpty()) {
            return Optional.empty();
        }
        Parsed known = profiles.get(id);
        if (known == null || !known.file().equals(file.get())) {
            known =
                    new Parsed(
                            file.get(),
                            json.read(
                                            "profiles/" + id + JSON,
                                            file.get(),
                                            MatchboxJson.Profile.class)
                                    .filter(p -> p.id() != null && !p.id().isEmpty()));
            profiles.put(id, known);
        }
        return known.profile();
    }

    private static String text(Content content) throws IOException {
        return new String(bytes(content), StandardCharsets.UTF_8);
    }

    private static byte[] bytes(Content content) throws IOException {
        try (InputStream in = content.open()) {
            return in.readAllBytes();
        }
    }
}
