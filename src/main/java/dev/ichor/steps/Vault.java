package dev.ichor.steps;

import dev.ichor.cluster.ProblemException;
import dev.ichor.talos.OwnerOnly;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.SecretsFile;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.concurrent.CompletableFuture;
import java.util.function.Supplier;
import java.util.regex.Pattern;
import java.util.stream.Stream;

/// The cluster's secret files: secrets (read when they are there, made once when they never were),
/// talosconfig and kubeconfig. They lie in `private/` as files, or all in one file that a
/// passphrase opens; then none of them is on the disk in the clear.
///
/// An RSA key of 4096 bits takes seconds (2 to 4 on two quiet cores), so fresh secrets are made
/// while the owner is still at the first steps. They reach the disk only when they are first asked
/// for.
final class Vault {
    /// What a passphrase covers: the cluster's own files, and configs that were imported.
    private static final Pattern COVERED =
            Pattern.compile("secrets\\.yaml|talosconfig|kubeconfig|imported-[A-Za-z0-9._-]+");

    private final InstantSource clock;
    private final SecureRandom random;
    private final ClusterFolder folder;
    private final Supplier<char[]> ask;
    private @Nullable CompletableFuture<Secrets> early;
    private char[] passphrase = new char[0];
    private @Nullable SortedMap<String, String> open;

    /// @param ask for the passphrase, at most once
    Vault(InstantSource clock, SecureRandom random, ClusterFolder folder, Supplier<char[]> ask) {
        this.clock = clock;
        this.random = random;
        this.folder = folder;
        this.ask = ask;
    }

    /// Whether a passphrase covers the files.
    boolean locked() {
        return Files.exists(folder.locked());
    }

    /// Begins to make secrets in the background, unless the cluster has some.
    synchronized void prepare() {
        if (early == null && Files.notExists(folder.secrets()) && !locked()) {
            early =
                    CompletableFuture.supplyAsync(
                            () -> Secrets.create(clock, random),
                            work -> Thread.ofPlatform().daemon().name("secrets").start(work));
        }
    }

    /// The secrets; waits for them where they are still being made.
    ///
    /// @throws IOException when they cannot be read or written
    synchronized Secrets secrets() throws IOException {
        if (!locked() && Files.exists(folder.secrets())) {
            return SecretsFile.read(folder.secrets());
        }
        Optional<String> text = read("secrets.yaml");
        if (text.isPresent()) {
            return SecretsFile.parse(text.get(), folder.locked());
        }
        Secrets fresh = early == null ? Secrets.create(clock, random) : early.join();
        write("secrets.yaml", SecretsFile.yaml(fresh));
        return fresh;
    }

    /// Whether a passphrase covers a file of this name.
    static boolean covers(String name) {
        return COVERED.matcher(name).matches();
    }

    /// A file's text.
    synchronized Optional<String> read(String name) throws IOException {
        if (locked()) {
            return Optional.ofNullable(opened().get(name));
        }
        Path file = folder.confidential().resolve(name);
        return Files.exists(file) ? Optional.of(Files.readString(file)) : Optional.empty();
    }

    /// Replaces a file as a whole.
    synchronized void write(String name, String text) throws IOException {
        if (locked()) {
            SortedMap<String, String> files = new TreeMap<>(opened());
            files.put(name, text);
            seal(files, passphrase);
        } else {
            ClusterFolder.writeSecret(folder.confidential().resolve(name), text);
        }
    }

    /// All files there are.
    synchronized SortedMap<String, String> files() throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        if (locked()) {
            files.putAll(opened());
        }
        for (Path file : inTheClear()) {
            files.putIfAbsent(String.valueOf(file.getFileName()), Files.readString(file));
        }
        return files;
    }

    private List<Path> inTheClear() throws IOException {
        try (Stream<Path> all = Files.list(folder.confidential())) {
            return all.filter(f -> covers(String.valueOf(f.getFileName()))).toList();
        }
    }

    /// Puts all files under a passphrase, or under another one. Files in the clear go when the new
    /// one was read back.
    synchronized void lock(char[] fresh) throws IOException {
        if (fresh.length < 8) {
            throw new ProblemException(
                    "That passphrase is too short.",
                    "Whoever finds the file can try many in a second.",
                    "Take eight characters or more; some words are best.");
        }
        seal(files(), fresh);
        Kit.open(folder.locked(), fresh);
        for (Path file : inTheClear()) {
            Files.delete(file);
        }
    }

    /// Puts the files back in the clear.
    synchronized void unlock() throws IOException {
        SortedMap<Path, String> texts = new TreeMap<>();
        opened().forEach((name, text) -> texts.put(folder.confidential().resolve(name), text));
        OwnerOnly.replaceAll(texts);
        Files.delete(folder.locked());
        open = null;
    }

    private void seal(SortedMap<String, String> files, char[] with) throws IOException {
        byte[] sealed = Kit.seal(files, with, random);
        ClusterFolder.replace(folder.locked(), part -> OwnerOnly.write(part, sealed));
        passphrase = with.clone();
        open = files;
    }

    private SortedMap<String, String> opened() throws IOException {
        SortedMap<String, String> files = open;
        if (files == null) {
            char[] typed = ask.get();
            files = Kit.open(folder.locked(), typed);
            passphrase = typed;
            open = files;
        }
        return files;
    }
}
