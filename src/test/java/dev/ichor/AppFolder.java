package dev.ichor;

import java.io.File;
import java.io.IOException;
import java.io.OutputStream;
import java.io.UncheckedIOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.jar.JarEntry;
import java.util.jar.JarOutputStream;
import java.util.stream.Stream;

/// The program as `mvn package` lays it out, made from this test's class path, readable by
/// everybody.
record AppFolder(Path root) {
    static AppFolder make(Path root) throws IOException {
        Path lib = Files.createDirectories(root.resolve("lib"));
        Path bin = Files.createDirectories(root.resolve("bin"));
        Files.copy(Path.of("installer/app/bin/ichor"), bin.resolve("ichor"));
        jar(Path.of("target/classes"), lib.resolve("ichor.jar"));
        for (String entry :
                System.getProperty("java.class.path", "").split(File.pathSeparator, -1)) {
            Path jar = Path.of(entry);
            if (entry.endsWith(".jar")) {
                Files.copy(jar, lib.resolve(jar.getFileName()));
            }
        }
        openToAll(root);
        return new AppFolder(root);
    }

    Path script() {
        return root.resolve("bin/ichor");
    }

    /// What a finished process said.
    record Said(int exit, String out) {}

    /// Runs a command with exactly this environment, output and errors together.
    static Said run(Path home, Map<String, String> environment, List<String> command)
            throws IOException, InterruptedException {
        List<String> line = new ArrayList<>(List.of("env", "-i", "HOME=" + home));
        environment.forEach((k, v) -> line.add(k + "=" + v));
        line.addAll(command);
        Path out = Files.createTempFile("ichor", ".out");
        Process p =
                new ProcessBuilder(line)
                        .directory(home.toFile())
                        .redirectErrorStream(true)
                        .redirectOutput(out.toFile())
                        .start();
        if (!p.waitFor(5, TimeUnit.MINUTES)) {
            p.destroyForcibly();
        }
        String said = Files.readString(out);
        Files.delete(out);
        return new Said(p.waitFor(), said);
    }

    private static void jar(Path classes, Path to) throws IOException {
        try (OutputStream file = Files.newOutputStream(to);
                JarOutputStream jar = new JarOutputStream(file);
                Stream<Path> all = Files.walk(classes)) {
            for (Path f : all.filter(Files::isRegularFile).toList()) {
                jar.putNextEntry(new JarEntry(classes.relativize(f).toString().replace('\\', '/')));
                Files.copy(f, jar);
            }
        }
    }

    private static void openToAll(Path root) throws IOException {
        try (Stream<Path> all = Files.walk(root)) {
            all.forEach(f -> {
                try {
                    Files.setPosixFilePermissions(f, PosixFilePermissions.fromString("rwxr-xr-x"));
                } catch (IOException e) {
                    throw new UncheckedIOException(e);
                }
            });
        }
    }
}
