package dev.ichor.talos;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// The real Talos machinery as judge: small Go programs around its published library, built from
/// `src/test/oracle`. The first build takes minutes and downloads Go modules.
public final class Oracle {
    private static final Path SOURCES = Path.of("src/test/oracle");
    private static final Path OUT = Path.of("target/oracle").toAbsolutePath();

    private Oracle() {}

    /// The program's file; skips the test where it is not wanted or cannot be built.
    public static synchronized Path program(String name) throws Exception {
        boolean wanted = System.getenv("CI") != null || System.getProperty("oracle") != null;
        assumeTrue(
                wanted && onPath("go"),
                "skipped: asks the real Talos machinery; needs Go on the PATH, and -Doracle or CI"
                        + " set, because its first build takes minutes");
        Path program = OUT.resolve(name);
        if (!Files.exists(program)) {
            Files.createDirectories(OUT);
            Result build = run(SOURCES, List.of("go", "build", "-o", OUT + "/", "./cmd/..."));
            if (build.exit() != 0) {
                throw new IOException("go build: " + build.output());
            }
        }
        return program;
    }

    /// Whether a program of this name can be run.
    public static boolean onPath(String name) {
        String path = System.getenv().getOrDefault("PATH", "");
        return Arrays.stream(path.split(java.io.File.pathSeparator))
                .anyMatch(dir -> Files.isExecutable(Path.of(dir, name)));
    }

    /// What a program said.
    public record Result(int exit, String output) {}

    /// Runs a program to its end.
    public static Result run(Path program, Object... arguments) throws Exception {
        List<String> command = new ArrayList<>(List.of(program.toString()));
        for (Object a : arguments) {
            command.add(a.toString());
        }
        return run(Path.of("."), command);
    }

    private static Result run(Path folder, List<String> command) throws Exception {
        Process process =
                new ProcessBuilder(command)
                        .directory(folder.toFile())
                        .redirectErrorStream(true)
                        .start();
        process.getOutputStream().close();
        String output = new String(process.getInputStream().readAllBytes(), StandardCharsets.UTF_8);
        return new Result(process.waitFor(), output);
    }
}
