package dev.ichor.steps;

import dev.ichor.cluster.ClusterOptions;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.TalosVersion;
import dev.ichor.talos.Gen;
import dev.ichor.talos.GenInput;
import dev.ichor.talos.Patch;
import dev.ichor.talos.Patches;
import dev.ichor.talos.SecretsFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.net.URISyntaxException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Set;
import java.util.regex.Pattern;

/// Configs without machines, for `ichor gen`.
public final class Generate {
    private static final Pattern KUBERNETES =
            Pattern.compile("v?1\\.\\d{1,3}\\.\\d{1,3}(-[0-9A-Za-z.]+)?");
    private static final Pattern NAME = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");
    private static final Set<String> TAKEN = Set.of("controlplane", "worker", "secrets");

    private Generate() {}

    /// What `talosctl gen config` is told, as typed.
    ///
    /// @param talos Talos release or line
    /// @param kubernetes Kubernetes release, with or without `v`
    /// @param image the installer image, or null for the release's own
    /// @param sans more names and addresses of both APIs
    /// @param dnsDomain the cluster's own domain
    /// @param discovery whether machines look for each other through the discovery service
    public record Wish(
            String cluster,
            String endpoint,
            String talos,
            String kubernetes,
            String disk,
            @Nullable String image,
            List<String> sans,
            String dnsDomain,
            boolean discovery) {}

    /// What else it is told.
    ///
    /// @param patches for all, for control planes, for workers: each `@FILE` or a text
    /// @param machines `NAME:ROLE` or `NAME:ROLE:@PATCH`
    /// @param endpoints for talosconfig
    /// @param nodes for talosconfig
    public record More(
            List<List<String>> patches,
            List<String> machines,
            List<String> endpoints,
            List<String> nodes) {}

    /// Where to write.
    ///
    /// @param secrets a bundle to use, or null to make one
    /// @param force whether files that are there are replaced; never secrets
    public record Target(Path folder, @Nullable Path secrets, boolean force) {}

    /// Writes the files.
    ///
    /// @return the files written
    /// @throws ProblemException when a text is no good or a file is there already
    public static List<Path> run(Wish wish, More more, Target to, World world) throws IOException {
        Patches patches =
                new Patches(
                        Patches.load(more.patches().get(0)),
                        Patches.load(more.patches().get(1)),
                        Patches.load(more.patches().get(2)));
        Gen.Order order =
                new Gen.Order(
                        input(wish),
                        patches,
                        machines(more.machines()),
                        more.endpoints(),
                        more.nodes());
        Gen gen = new Gen(world.clock(), world.random());
        Path secrets = to.secrets();
        return secrets == null
                ? gen.writeFresh(to.folder(), order, to.force())
                : gen.write(to.folder(), order, SecretsFile.read(secrets), to.force());
    }

    /// What the owner should know of the release, or an empty text.
    public static String note(String talos) {
        return TalosVersion.parse(talos)
                .filter(v ->
                        v.atLeast(TalosVersion.NEWEST.major(), TalosVersion.NEWEST.minor() + 1))
                .map(v ->
                        "Talos "
                                + v
                                + " is newer than this program; the configs are written as for "
                                + TalosVersion.NEWEST
                                + ", which newer Talos reads too.")
                .orElse("");
    }

    private static List<Gen.OwnFile> machines(List<String> typed) throws ProblemException {
        List<Gen.OwnFile> all = new ArrayList<>();
        Set<String> seen = new HashSet<>(TAKEN);
        for (String text : typed) {
            String[] parts = text.split(":", 3);
            Role role =
                    switch (parts.length > 1 ? parts[1] : "") {
                        case "controlplane" -> Role.CONTROL_PLANE;
                        case "worker" -> Role.WORKER;
                        default -> throw machine(text, "ROLE is controlplane or worker.");
                    };
            if (!NAME.matcher(parts[0]).matches()) {
                throw machine(text, "NAME is made of small letters, digits and hyphens.");
            }
            if (!seen.add(parts[0])) {
                throw machine(text, "The name " + parts[0] + " is taken.");
            }
            List<Patch> patches = parts.length > 2 ? Patches.load(List.of(parts[2])) : List.of();
            all.add(new Gen.OwnFile(parts[0], role, patches));
        }
        return all;
    }

    private static ProblemException machine(String text, String why) {
        return new ProblemException(
                "\"" + text + "\" is not a machine.",
                why,
                "Write NAME:controlplane, NAME:worker or NAME:ROLE:@PATCH.");
    }

    private static GenInput input(Wish w) throws ProblemException {
        TalosVersion talos =
                TalosVersion.parse(w.talos())
                        .filter(v ->
                                v.atLeast(TalosVersion.OLDEST.major(), TalosVersion.OLDEST.minor()))
                        .orElseThrow(() ->
                                new ProblemException(
                                        "\""
                                                + w.talos()
                                                + "\" is no Talos release this program writes"
                                                + " configs for.",
                                        "It knows " + TalosVersion.OLDEST + " and later.",
                                        "Name one such as v1.13.9."));
        if (!KUBERNETES.matcher(w.kubernetes()).matches()) {
            throw new ProblemException(
                    "\"" + w.kubernetes() + "\" is not a Kubernetes release.",
                    "",
                    "Name one such as 1.36.3.");
        }
        return new GenInput(
                w.cluster(),
                endpoint(w.endpoint()),
                talos,
                w.kubernetes().startsWith("v") ? w.kubernetes().substring(1) : w.kubernetes(),
                new InstallDisk.Device(w.disk()),
                w.image() == null ? "ghcr.io/siderolabs/installer:" + talos : w.image(),
                new ClusterOptions(null, List.of(), List.of(), w.sans()),
                w.dnsDomain(),
                false,
                w.discovery());
    }

    private static URI endpoint(String text) throws ProblemException {
        try {
            URI uri = new URI(text);
            String authority = uri.getRawAuthority();
            if ("https".equals(uri.getScheme())
                    && authority != null
                    && !authority.startsWith(":")) {
                return uri;
            }
        } catch (URISyntaxException e) {
            // told below, as for any other text that is no URL
        }
        throw new ProblemException(
                "The endpoint \"" + text + "\" is not an address.",
                "Talos needs a URL that begins with https:// and names a host.",
                "Write it as https://ADDRESS:6443.");
    }
}
