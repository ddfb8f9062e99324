package dev.ichor.netboot.ignition;

import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// What Ignition refuses in a config that can be read.
final class Rules {
    /// Lists in which the same may come twice.
    private static final Set<String> MAY_REPEAT =
            Set.of(
                    "File.append",
                    "Filesystem.options",
                    "Filesystem.mountOptions",
                    "Raid.options",
                    "Luks.options");

    /// By what two entries are the same.
    private static final Map<String, String> KEYS =
            Map.of(
                    "Disk",
                    "device",
                    "Filesystem",
                    "device",
                    "Directory",
                    "path",
                    "File",
                    "path",
                    "Link",
                    "path",
                    "Tang",
                    "url",
                    "Resource",
                    "source",
                    "Reference",
                    "source");

    /// Lists that share their names.
    private static final Map<String, String> SHARED =
            Map.of(
                    "directories",
                    "nodes",
                    "files",
                    "nodes",
                    "links",
                    "nodes",
                    "shouldExist",
                    "arguments",
                    "shouldNotExist",
                    "arguments");

    private static final Pattern GUID =
            Pattern.compile("(|[0-9a-fA-F]{8}(-[0-9a-fA-F]{4}){3}-[0-9a-fA-F]{12})");

    private static final Pattern UNIT =
            Pattern.compile(
                    "(?s).*\\.(service|socket|device|mount|automount|swap|target|path|timer|snapshot|slice|scope)");

    private static final Pattern HASH_512 = Pattern.compile("(?s)sha512-.*");
    private static final Pattern HASH_256 = Pattern.compile("(?s)sha256-.*");

    private final int minor;

    private Rules(int minor) {
        this.minor = minor;
    }

    /// @return the first thing that is wrong
    static Optional<String> check(Part config, int minor) {
        return new Rules(minor).all(config);
    }

    private Optional<String> all(Part part) {
        return Optional.of(part)
                .filter(p -> !fits(p))
                .map(p -> p.type() + " " + name(p) + " is not as Ignition wants it.")
                .or(() -> repeated(part))
                .or(() -> inside(part));
    }

    private Optional<String> inside(Part part) {
        return part.values().values().stream()
                .flatMap(v -> v instanceof List<?> l ? l.stream() : Stream.of(v))
                .filter(Part.class::isInstance)
                .map(v -> all((Part) v))
                .flatMap(Optional::stream)
                .findFirst();
    }

    private static String name(Part part) {
        return Stream.of("path", "name", "device", "source", "url", "label")
                .flatMap(n -> part.text(n).stream())
                .findFirst()
                .orElse("");
    }

    private static Optional<String> repeated(Part part) {
        Map<String, Set<String>> seen = new HashMap<>();
        for (Schema.Field f : Schema.fields(part.type())) {
            if (!f.list() || MAY_REPEAT.contains(part.type() + "." + f.name())) {
                continue;
            }
            String list =
                    part.type().equals("Storage") || part.type().equals("KernelArguments")
                            ? SHARED.getOrDefault(f.name(), f.name())
                            : f.name();
            for (Object one : part.list(f.name())) {
                if (!seen.computeIfAbsent(list, l -> new HashSet<>()).add(key(one))) {
                    return Optional.of(f.name() + " has " + key(one) + " twice.");
                }
            }
        }
        return Optional.empty();
    }

    private static String key(Object one) {
        if (!(one instanceof Part p)) {
            return one.toString();
        }
        if (p.type().equals("Partition")) {
            return p.number("number") != 0
                    ? "number:" + p.number("number")
                    : p.text("label").map(l -> "label:" + l).orElse("");
        }
        return p.textOrEmpty(KEYS.getOrDefault(p.type(), "name"));
    }

    private boolean fits(Part p) {
        return switch (p.type()) {
            case Schema.ROOT -> apartFromUnits(p);
            case "IgnitionConfig" ->
                    minor == 0 || p.parts("merge").stream().allMatch(this::fetched);
            case "TLS" -> p.parts("certificateAuthorities").stream().allMatch(this::fetched);
            case "Resource", "Reference" -> resource(p);
            case "Verification" -> hash(p);
            case "HTTPHeader" ->
                    !p.textOrEmpty("name").isEmpty() && !p.text("value").equals(Optional.of(""));
            case "Proxy" -> proxy(p, "httpProxy") && proxy(p, "httpsProxy");
            case "Owner" -> !p.has("id") || p.textOrEmpty("name").isEmpty();
            case "Directory", "Link" -> path(p.textOrEmpty("path")) && mode(p);
            case "File" ->
                    path(p.textOrEmpty("path"))
                            && mode(p)
                            && (!p.is("overwrite", true) || p.part("contents").has("source"));
            case "Storage" -> storage(p);
            case "Disk" -> Disks.disk(p);
            case "Partition" -> Disks.partition(p) && guid(p, "guid") && guid(p, "typeGuid");
            case "Filesystem" -> Disks.filesystem(p, minor);
            case "Raid" -> Disks.raid(p);
            case "Luks" -> luks(p);
            case "Custom" -> custom(p);
            case "Tang" -> tang(p);
            case "Unit" ->
                    UNIT.matcher(p.textOrEmpty("name")).matches()
                            && Units.readable(p.textOrEmpty("contents"));
            case "Dropin" ->
                    p.textOrEmpty("name").endsWith(".conf")
                            && Units.readable(p.textOrEmpty("contents"));
            default -> true;
        };
    }

    /// Absolute, without `.`, `..`, `//` and a slash at the end.
    static boolean path(String path) {
        return path.equals("/")
                || path.startsWith("/")
                        && Stream.of(path.substring(1).split("/", -1))
                                .noneMatch(s -> s.isEmpty() || s.equals(".") || s.equals(".."));
    }

    private static boolean mode(Part p) {
        return p.number("mode") >= 0 && p.number("mode") <= 07777;
    }

    private static boolean guid(Part p, String name) {
        return GUID.matcher(p.textOrEmpty(name)).matches();
    }

    private boolean fetched(Part p) {
        return Urls.source(p.textOrEmpty("source"), minor);
    }

    private boolean resource(Part p) {
        String source = p.textOrEmpty("source");
        boolean headers = !p.list("httpHeaders").isEmpty();
        return Set.of("", "gzip").contains(p.textOrEmpty("compression"))
                && (!p.part("verification").has("hash")
                        || p.has("source")
                        || p.type().equals("Reference") && minor == 0)
                && (source.isEmpty() || Urls.source(source, minor))
                && (!headers || Set.of("http", "https").contains(Urls.scheme(source).orElse("")));
    }

    private boolean hash(Part p) {
        String hash = p.text("hash").orElse("sha512-" + "0".repeat(128));
        int sum = hash.length() - "sha512-".length();
        return HASH_512.matcher(hash).matches() && sum == 128
                || minor >= 1 && HASH_256.matcher(hash).matches() && sum == 64;
    }

    private static boolean proxy(Part p, String name) {
        return p.text(name)
                .map(url -> Set.of("http", "https").contains(Urls.scheme(url).orElse("")))
                .orElse(true);
    }

    /// A file must not be where a unit will be.
    private static boolean apartFromUnits(Part config) {
        Set<String> paths = new HashSet<>();
        for (Part unit : config.part("systemd").parts("units")) {
            String path = "/etc/systemd/system/" + unit.textOrEmpty("name");
            if (!unit.textOrEmpty("contents").isEmpty()) {
                paths.add(path);
            }
            unit.parts("dropins").stream()
                    .filter(d -> !d.textOrEmpty("contents").isEmpty())
                    .forEach(d -> paths.add(path + ".d/" + d.textOrEmpty("name")));
        }
        return nodes(config.part("storage")).noneMatch(n -> paths.contains(n.textOrEmpty("path")));
    }

    private static Stream<Part> nodes(Part storage) {
        return Stream.of("files", "directories", "links").flatMap(l -> storage.parts(l).stream());
    }

    private boolean storage(Part p) {
        for (Part link : p.parts("links")) {
            String below = link.textOrEmpty("path") + "/";
            if (nodes(p).anyMatch(n -> n.textOrEmpty("path").startsWith(below))
                    || minor >= 3 && link.textOrEmpty("target").isEmpty()
                    || link.is("hard", true) && toFolder(p, link)) {
                return false;
            }
        }
        return true;
    }

    private static boolean toFolder(Part storage, Part link) {
        String target = link.textOrEmpty("target");
        String full = target.startsWith("/") ? target : link.textOrEmpty("path") + "/" + target;
        String clean = java.nio.file.Path.of(full.replace('\0', ' ')).normalize().toString();
        return storage.parts("directories").stream()
                .anyMatch(d -> d.textOrEmpty("path").equals(clean));
    }

    private boolean luks(Part p) {
        Part clevis = p.part("clevis");
        boolean others =
                !clevis.list("tang").isEmpty()
                        || clevis.is("tpm2", true)
                        || clevis.number("threshold") != 0;
        boolean own =
                minor <= 2
                        ? clevis.has("custom")
                        : !clevis.part("custom").textOrEmpty("pin").isEmpty();
        return !p.textOrEmpty("name").contains("/")
                && Disks.bytes(p.textOrEmpty("label")) <= 47
                && path(p.textOrEmpty("device"))
                && !(own && others);
    }

    private boolean custom(Part p) {
        String pin = p.textOrEmpty("pin");
        String config = p.textOrEmpty("config");
        boolean nothing =
                pin.isEmpty() && config.isEmpty() && (minor <= 2 || !p.is("needsNetwork", true));
        return nothing || Set.of("tpm2", "tang", "sss").contains(pin) && !config.isEmpty();
    }

    private static boolean tang(Part p) {
        String adv = p.textOrEmpty("advertisement");
        return Set.of("http", "https").contains(Urls.scheme(p.textOrEmpty("url")).orElse(""))
                && !p.textOrEmpty("thumbprint").isEmpty()
                && (adv.isEmpty() || Ignition.isJson(adv));
    }
}
