package dev.ichor.artifacts;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.ProblemException;

import okhttp3.HttpUrl;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.io.InputStream;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.HashSet;
import java.util.Set;
import java.util.function.Consumer;
import java.util.zip.GZIPInputStream;

/// The boot loaders of iPXE's own release, one version only, checked against the SHA-256 that the
/// release page publishes for the file.
///
/// @param site where it is
/// @param files fetches and checks
/// @param folder where the loaders are unpacked
public record IpxeRelease(Site site, PinnedFiles files, Path folder) {
    /// The newest that was booted in every mode.
    static final String VERSION = "2.0.0";

    private static final String ARCHIVE = "ipxeboot.tar.gz";

    /// The one folder in the archive.
    private static final String ROOT = "ipxeboot/";

    /// Where the release is.
    ///
    /// @param facts `TAG` below it tells the files' checksums (GitHub's REST API, releases by tag)
    /// @param files `TAG/NAME` below it is a file
    public record Site(URI facts, URI files) {
        /// iPXE's page.
        public static final Site OFFICIAL =
                new Site(
                        URI.create("https://api.github.com/repos/ipxe/ipxe/releases/tags"),
                        URI.create("https://github.com/ipxe/ipxe/releases/download"));
    }

    /// Downloads and unpacks; nothing is done when it was done before.
    ///
    /// @throws ProblemException with words for the owner; then nothing of it is used
    public void fetch(Consumer<Amount> progress) throws IOException, InterruptedException {
        if (Files.exists(folder.resolve(LoaderFinder.VERSION_FILE))) {
            return;
        }
        HttpUrl facts = url(site.facts(), "v" + VERSION);
        String sum = sum(facts, files.internet().download().text(facts));
        HttpUrl archive = url(site.files(), "v" + VERSION, ARCHIVE);
        unpack(files.get(archive.uri(), sum, progress), folder);
        // Last: its presence says that all of it is there.
        Files.writeString(folder.resolve(LoaderFinder.VERSION_FILE), VERSION + "\n");
    }

    private static String sum(HttpUrl facts, String text) throws ProblemException {
        try {
            for (JsonNode asset : new JsonMapper().readTree(text).path("assets")) {
                String digest = asset.path("digest").asString("");
                if (asset.path("name").asString("").equals(ARCHIVE)
                        && digest.matches("sha256:[0-9a-f]{64}")) {
                    return digest.substring("sha256:".length());
                }
            }
        } catch (JacksonException e) {
            // told below: no checksum either
        }
        throw new ProblemException(
                "The checksum of iPXE " + VERSION + "'s boot loaders was not found.",
                facts.host() + " does not tell one for " + ARCHIVE + ".",
                "Try again later, or install your system's iPXE package.");
    }

    private static void unpack(Path archive, Path folder) throws IOException {
        Tar tar = read(archive);
        Set<String> names = new HashSet<>(tar.files().keySet());
        names.addAll(tar.links().keySet());
        for (String name : names) {
            Path relative = Path.of(name.startsWith(ROOT) ? name.substring(ROOT.length()) : name);
            if (Names.isWanted(relative) && tar.get(name).isPresent()) {
                Path file = folder.resolve(relative);
                Files.createDirectories(file.getParent());
                Path part = file.resolveSibling(file.getFileName() + ".part");
                Files.write(part, tar.get(name).get());
                Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
            }
        }
    }

    private static Tar read(Path archive) throws IOException {
        try (InputStream in = new GZIPInputStream(Files.newInputStream(archive))) {
            return Tar.read(in);
        } catch (IOException e) {
            throw new ProblemException(
                    ARCHIVE + " cannot be unpacked.",
                    "It says: " + e.getMessage() + ".",
                    "Install your system's iPXE package instead.");
        }
    }

    private static HttpUrl url(URI base, String... more) {
        HttpUrl.Builder url = HttpUrl.get(base.toString()).newBuilder();
        for (String segment : more) {
            url.addPathSegment(segment);
        }
        return url.build();
    }
}
