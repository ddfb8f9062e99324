package dev.ichor.artifacts;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.io.InputStream;
import java.io.OutputStream;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.DigestOutputStream;
import java.security.MessageDigest;
import java.util.Map;
import java.util.Optional;
import java.util.TreeMap;
import java.util.stream.Stream;
import java.util.zip.ZipEntry;
import java.util.zip.ZipException;
import java.util.zip.ZipFile;

/// A folder or a ZIP archive that was filled on another PC.
///
/// Files are looked up by their bare names; a path inside an archive is never used as one here, so
/// none can lead out of the cache.
final class FolderSupply implements Supply {
    private static final int DEPTH = 4;
    private static final int BUFFER = 1 << 17;
    private static final int LONGEST_TEXT = 16 << 20;

    /// A thousand times a kernel: an archive that holds more in one file is a trap.
    private static final long LARGEST = 4L << 30;

    private final Path from;
    private final @Nullable ZipFile zip;
    private final Map<String, Item> items;

    /// @param size bytes, as the folder or archive says
    private record Item(long size, Source source) {}

    private interface Source {
        InputStream open() throws IOException;
    }

    private FolderSupply(Path from, @Nullable ZipFile zip, Map<String, Item> items) {
        this.from = from;
        this.zip = zip;
        this.items = items;
    }

    static FolderSupply of(Path from) throws IOException {
        if (Files.isDirectory(from)) {
            return new FolderSupply(from, null, inFolder(from));
        }
        try {
            ZipFile zip = new ZipFile(from.toFile());
            return new FolderSupply(from, zip, inArchive(zip));
        } catch (ZipException e) {
            throw unreadable(from, "It is neither a folder nor a ZIP archive.", e);
        } catch (IOException e) {
            throw unreadable(from, "The system says: " + e.getMessage() + ".", e);
        }
    }

    private static ProblemException unreadable(Path from, String why, IOException cause) {
        return new ProblemException(
                new Problem(
                        from + " cannot be read.",
                        why,
                        "Choose the folder or archive that"
                                + " holds vmlinuz-amd64 and initramfs-amd64.xz."),
                cause);
    }

    private static Map<String, Item> inFolder(Path folder) throws IOException {
        Map<String, Item> items = new TreeMap<>();
        try (Stream<Path> all = Files.walk(folder, DEPTH)) {
            for (Path p : all.filter(Files::isRegularFile).sorted().toList()) {
                items.putIfAbsent(
                        usual(p.getFileName().toString()),
                        new Item(Files.size(p), () -> Files.newInputStream(p)));
            }
        }
        return items;
    }

    private static Map<String, Item> inArchive(ZipFile zip) {
        Map<String, Item> items = new TreeMap<>();
        zip.stream()
                .filter(e -> !e.isDirectory())
                .forEach(e ->
                        items.putIfAbsent(
                                usual(bare(e)),
                                new Item(e.getSize(), () -> zip.getInputStream(e))));
        return items;
    }

    private static String bare(ZipEntry entry) {
        String name = entry.getName().replace('\\', '/');
        return name.substring(name.lastIndexOf('/') + 1);
    }

    /// The Factory calls it `kernel`.
    private static String usual(String name) {
        return name.replaceFirst("^kernel-(amd64|arm64)$", "vmlinuz-$1");
    }

    @Override
    public String where() {
        return from.toString();
    }

    @Override
    public Optional<String> text(String name) throws IOException {
        Item item = items.get(name);
        if (item == null) {
            return Optional.empty();
        }
        try (InputStream in = item.source().open()) {
            return Optional.of(new String(in.readNBytes(LONGEST_TEXT), StandardCharsets.UTF_8));
        }
    }

    @Override
    public String file(String name, Partial to, @Nullable String wanted, Meter.Part progress)
            throws IOException, InterruptedException {
        Item item = items.get(name);
        if (item == null) {
            throw new ProblemException(
                    from + " does not hold " + name + ".",
                    "",
                    "Put " + name + " of the release there, with sha256sum.txt beside it.");
        }
        Room.check(to.file(), item.size());
        progress.begin(0, item.size());
        MessageDigest digest = Sums.sha256();
        to.delete();
        try (InputStream in = item.source().open();
                OutputStream out =
                        new DigestOutputStream(Files.newOutputStream(to.file()), digest)) {
            copy(in, out, progress);
        } catch (ZipException e) {
            to.delete();
            throw unreadable(from, "The archive is damaged.", e);
        }
        String got = Sums.hex(digest);
        if (wanted != null && !got.equals(wanted)) {
            to.delete();
            throw Words.wrongSum(name, from.toString(), wanted, got);
        }
        return got;
    }

    private void copy(InputStream in, OutputStream out, Meter.Part progress)
            throws IOException, InterruptedException {
        byte[] buffer = new byte[BUFFER];
        long all = 0;
        for (int n = in.read(buffer); n >= 0; n = in.read(buffer)) {
            if (Thread.interrupted()) {
                throw new InterruptedException();
            }
            all += n;
            if (all > LARGEST) {
                throw new ZipException("far too large");
            }
            out.write(buffer, 0, n);
            progress.add(n);
        }
    }

    @Override
    public void close() throws IOException {
        if (zip != null) {
            zip.close();
        }
    }
}
