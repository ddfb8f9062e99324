package dev.ichor.steps;

import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;
import dev.ichor.talos.Gen;
import dev.ichor.talos.GenInput;
import dev.ichor.talos.SecretsFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.util.List;
import java.util.regex.Pattern;

/// Configs without machines, for `ichor gen`.
public final class Generate {
    private static final Pattern KUBERNETES =
            Pattern.compile("v?1\\.\\d{1,3}\\.\\d{1,3}(-[0-9A-Za-z.]+)?");

    private Generate() {}

    /// What `talosctl gen config` is told, as typed.
    ///
    /// @param talos Talos release or line
    /// @param kubernetes Kubernetes release, with or without `v`
    /// @param image the installer image, or null for the release's own
    /// @param sans more names and addresses of both APIs
    /// @param dnsDomain the cluster's own domain
    public record Wish(
            String cluster,
            String endpoint,
            String talos,
            String kubernetes,
            String disk,
            @Nullable String image,
            List<String> sans,
            String dnsDomain) {}

    /// Writes the files.
    ///
    /// @param secrets a bundle to use, or null to make one
    /// @return the files written
    /// @throws ProblemException when a text is no good or a file is there already
    public static List<Path> run(Wish wish, @Nullable Path secrets, Path folder, World world)
            throws IOException {
        GenInput input = input(wish);
        Gen gen = new Gen(world.clock(), world.random());
        return secrets == null
                ? gen.writeFresh(folder, input, List.of())
                : gen.write(folder, input, SecretsFile.read(secrets), List.of());
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
                w.sans(),
                w.dnsDomain(),
                false);
    }

    private static URI endpoint(String text) throws ProblemException {
        try {
            URI uri = URI.create(text.strip());
            if ("https".equals(uri.getScheme()) && uri.getHost() != null) {
                return uri;
            }
        } catch (IllegalArgumentException e) {
            // told below, as for any other text that is no URL
        }
        throw new ProblemException(
                "The endpoint \"" + text + "\" is not an address.",
                "Talos needs a URL that begins with https:// and names a host.",
                "Write it as https://ADDRESS:6443.");
    }
}
