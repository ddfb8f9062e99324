package dev.ichor.steps;

import dev.ichor.cluster.ProblemException;
import dev.ichor.talos.Age;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.util.SortedMap;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipInputStream;
import java.util.zip.ZipOutputStream;

/// Texts by file name in one file, encrypted with a passphrase: a zip inside the age format, which
/// `age -d FILE > files.zip` opens too.
final class Kit {
    private static final long MOST = 16L << 20;

    private Kit() {}

    static byte[] seal(SortedMap<String, String> files, char[] passphrase, SecureRandom random) {
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        try (ZipOutputStream zip = new ZipOutputStream(bytes)) {
            for (var file : files.entrySet()) {
                ZipEntry entry = new ZipEntry(file.getKey());
                entry.setTime(0);
                zip.putNextEntry(entry);
                zip.write(file.getValue().getBytes(StandardCharsets.UTF_8));
            }
        } catch (IOException e) {
            throw new IllegalStateException("memory takes every byte", e);
        }
        return Age.encrypt(bytes.toByteArray(), passphrase, random);
    }

    /// @throws ProblemException when it is no such file, damaged, or the passphrase wrong
    static SortedMap<String, String> open(Path file, char[] passphrase) throws IOException {
        if (passphrase.length == 0) {
            throw new ProblemException(
                    file + " is locked.",
                    "It opens with its passphrase only.",
                    "Type it, or set ICHOR_PASSPHRASE.");
        }
        try {
            if (Files.size(file) > MOST) {
                throw new IllegalArgumentException("it is larger than any such file");
            }
            byte[] zip = Age.decrypt(Files.readAllBytes(file), passphrase);
            return texts(new ZipInputStream(new ByteArrayInputStream(zip)));
        } catch (IllegalArgumentException e) {
            throw new ProblemException(
                    file + " cannot be opened.",
                    "Most likely " + e.getMessage() + ".",
                    "Try again; what is there was left as it is.");
        }
    }

    private static SortedMap<String, String> texts(ZipInputStream zip) throws IOException {
        SortedMap<String, String> files = new TreeMap<>();
        for (ZipEntry e = zip.getNextEntry(); e != null; e = zip.getNextEntry()) {
            files.put(e.getName(), new String(zip.readAllBytes(), StandardCharsets.UTF_8));
        }
        return files;
    }
}
