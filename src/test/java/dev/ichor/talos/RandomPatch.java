package dev.ichor.talos;

import dev.ichor.talos.Schema.Form;

import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.random.RandomGenerator;

/// Patches made at random out of everything the schema allows, for the real machinery to judge.
final class RandomPatch {
    private static final List<String> TEXTS =
            List.of(
                    "a",
                    "x-1",
                    "on",
                    "null",
                    "012",
                    "1e3",
                    "a: b",
                    "it's",
                    "two\nlines\n",
                    "no end\nof line",
                    " lead\nx",
                    "über",
                    "#x",
                    "-",
                    "2026-11-22",
                    "1:20",
                    "tab\there",
                    "*s*",
                    "end ",
                    "true");
    private static final List<String> DURATIONS = List.of("90s", "1h", "10m", "1500ms", "2h30m5s");

    private final RandomGenerator random;

    RandomPatch(RandomGenerator random) {
        this.random = random;
    }

    private <T> T one(List<T> of) {
        return of.get(random.nextInt(of.size()));
    }

    /// One strategic patch of one document, or two.
    String text() {
        List<String> documents = new ArrayList<>();
        documents.add(Yaml.write(List.of(main())));
        if (random.nextInt(3) == 0) {
            documents.add(Yaml.write(List.of(document())));
        }
        return String.join("---\n", documents);
    }

    private Map<String, Object> main() {
        Map<String, Object> all = struct(new Form.Struct("v1alpha1.Config"), 0, 0.5);
        all.remove("version");
        all.putIfAbsent("machine", new LinkedHashMap<>());
        return all;
    }

    /// A document beside the main one.
    private Map<String, Object> document() {
        String kind =
                one(
                        List.of(
                                "HostnameConfig",
                                "KmsgLogConfig",
                                "EventSinkConfig",
                                "RegistryMirrorConfig",
                                "RegistryAuthConfig",
                                "TimeSyncConfig",
                                "LinkAliasConfig",
                                "LinkConfig",
                                "Layer2VIPConfig",
                                "ExtensionServiceConfig",
                                "TrustedRootsConfig",
                                "WatchdogTimerConfig",
                                "EnvironmentConfig",
                                "ResolverConfig",
                                "StaticHostConfig",
                                "DummyLinkConfig",
                                "VLANConfig",
                                "KubeSpanConfig"));
        Map<String, Object> all = new LinkedHashMap<>();
        all.put("apiVersion", "v1alpha1");
        all.put("kind", kind);
        Map<String, Object> more = struct(Schema.get().document(kind).orElseThrow(), 0, 0.6);
        more.remove("apiVersion");
        more.remove("kind");
        all.putAll(more);
        return all;
    }

    private Map<String, Object> struct(Form.Struct form, int depth, double share) {
        Map<String, Object> all = new LinkedHashMap<>();
        Schema.get()
                .fields(form)
                .forEach((key, field) -> {
                    if (random.nextDouble() < share && depth < 7 && known(field.form())) {
                        all.put(key, value(field.form(), depth + 1));
                    }
                });
        return all;
    }

    /// Whether a value of this form can be made up.
    private static boolean known(Form form) {
        return switch (form) {
            case Form.Leaf l -> made(l.name());
            case Form.Pointer p -> known(p.to());
            case Form.ListOf l -> known(l.of());
            case Form.MapOf m -> known(m.of());
            case Form.Struct _ -> true;
        };
    }

    private static boolean made(String name) {
        return !name.contains(".") && !name.equals("text!") && !name.equals("float")
                || List.of(
                                "v1alpha1.ArgValue",
                                "v1alpha1.FileMode",
                                "v1alpha1.InstallDiskSizeMatcher",
                                "meta.URL",
                                "netip.Addr",
                                "network.Addr",
                                "netip.Prefix",
                                "network.Prefix",
                                "nethelpers.HardwareAddr",
                                "nethelpers.AutoHostnameKind")
                        .contains(name);
    }

    private Object value(Form form, int depth) {
        return switch (form) {
            case Form.Leaf l -> leaf(l.name());
            case Form.Pointer p -> value(p.to(), depth);
            case Form.Struct s -> struct(s, depth, 0.35);
            case Form.ListOf l -> {
                List<Object> items = new ArrayList<>();
                // Entries of one key in one patch: there the machinery changes the patch itself.
                int most = l.merge().isEmpty() ? 2 : 1;
                for (int i = random.nextInt(most + 1); i > 0; i--) {
                    items.add(value(l.of(), depth));
                }
                yield items;
            }
            case Form.MapOf m -> {
                Map<String, Object> all = new LinkedHashMap<>();
                for (int i = random.nextInt(3); i > 0; i--) {
                    all.put(
                            one(List.of("a", "b10", "b9", "z.y/x", "A", "10", "9")),
                            value(m.of(), depth));
                }
                yield all;
            }
        };
    }

    private Object leaf(String name) {
        return switch (name) {
            case "bool" -> random.nextBoolean();
            case "int" -> (long) random.nextInt(0, 200);
            case "duration" -> one(DURATIONS);
            case "bytes" -> one(List.of("QUJD", "eHl6"));
            case "any" -> one(List.of("text", "12", true, 12L, 1.5));
            case "v1alpha1.FileMode" -> 420L;
            case "v1alpha1.InstallDiskSizeMatcher" -> one(List.of(">= 8GB", "<= 1TB", "4GB"));
            case "meta.URL" -> one(List.of("tcp://10.1.1.1:99/", "https://m.example/x?y=z"));
            case "netip.Addr", "network.Addr" -> one(List.of("10.2.3.4", "fd00::7"));
            case "netip.Prefix", "network.Prefix" -> one(List.of("10.0.0.0/8", "fd00::/64"));
            case "nethelpers.HardwareAddr" ->
                    one(List.of("AA:bb:cc:00:11:22", "aa:bb:cc:00:11:23"));
            case "nethelpers.AutoHostnameKind" -> one(List.of("stable", "off"));
            case "v1alpha1.ArgValue" ->
                    random.nextBoolean()
                            ? one(List.of("a", "x-1", "null", "012"))
                            : List.of("a", "1e3");
            default -> one(TEXTS);
        };
    }
}
