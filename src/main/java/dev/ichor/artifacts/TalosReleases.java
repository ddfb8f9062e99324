package dev.ichor.artifacts;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Fetched;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import okhttp3.HttpUrl;
import okhttp3.OkHttpClient;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.util.List;
import java.util.function.Consumer;

/// Talos' boot files from its release page, verified and kept in a cache.
///
/// Layout of page and cache: `VERSION/vmlinuz-amd64`, `VERSION/initramfs-amd64.xz`,
/// `VERSION/sha256sum.txt`.
public final class TalosReleases {
    /// Where Talos publishes its releases.
    public static final URI OFFICIAL =
            URI.create("https://github.com/siderolabs/talos/releases/download");

    private static final String KERNEL = "vmlinuz-amd64";
    private static final String INITRAMFS = "initramfs-amd64.xz";
    private static final String SUMS = "sha256sum.txt";

    private final Download download;
    private final HttpUrl base;
    private final Path cache;

    /// @param base the release page, [#OFFICIAL] or a mirror with the same layout
    /// @param cache folder that holds one folder a version
    public TalosReleases(OkHttpClient http, URI base, Path cache) {
        this.download = new Download(http);
        this.base = HttpUrl.get(base.toString());
        this.cache = cache;
    }

    /// Downloads what is missing, resumes what was cut, checks SHA-256; nothing is fetched again
    /// when it is there and verified. Progress counts the bytes of the file it names. Stops when
    /// the (virtual) thread is interrupted and keeps what it has for the next time.
    ///
    /// @throws ProblemException with words for the owner; a bad file never gets its final name
    public Fetched fetch(TalosVersion version, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        if (version.patch() < 0) {
            throw new ProblemException(
                    version + " is not a complete version.",
                    "Talos is downloaded by its full number.",
                    "Choose one, for instance " + version + ".0.");
        }
        Path folder = cache.resolve(version.toString());
        if (!isVerified(folder)) {
            fetchInto(folder, version.toString(), progress);
        }
        return new Fetched(version, folder.resolve(KERNEL), folder.resolve(INITRAMFS));
    }

    private void fetchInto(Path folder, String version, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        createFolder(folder);
        Sums sums = Sums.parse(download.text(url(version, SUMS)));
        for (String name : List.of(KERNEL, INITRAMFS)) {
            Path file = folder.resolve(name);
            String wanted = sums.of(name, base.host());
            if (!Sums.matches(file, wanted)) {
                download.file(url(version, name), file, wanted, progress);
            }
        }
        // Written last: its presence says that there is something to compare with.
        write(sums, folder.resolve(SUMS));
    }

    private static void write(Sums sums, Path file) throws ProblemException {
        Path part = file.resolveSibling(SUMS + Download.PART);
        try {
            Files.writeString(part, sums.text());
            Files.move(part, file, StandardCopyOption.REPLACE_EXISTING);
        } catch (IOException e) {
            throw Words.cannotWrite(file, e);
        }
    }

    private static boolean isVerified(Path folder) throws IOException, InterruptedException {
        Path file = folder.resolve(SUMS);
        if (!Files.isRegularFile(file)) {
            return false;
        }
        Sums sums = Sums.parse(Files.readString(file));
        return sums.has(KERNEL)
                && sums.has(INITRAMFS)
                && Sums.matches(folder.resolve(KERNEL), sums.of(KERNEL, "the cache"))
                && Sums.matches(folder.resolve(INITRAMFS), sums.of(INITRAMFS, "the cache"));
    }

    private static void createFolder(Path folder) throws ProblemException {
        try {
            Files.createDirectories(folder);
        } catch (IOException e) {
            throw Words.cannotWrite(folder, e);
        }
    }

    private HttpUrl url(String version, String name) {
        return base.newBuilder().addPathSegment(version).addPathSegment(name).build();
    }
}
