package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.googlejavaformat.java.Formatter;
import com.google.googlejavaformat.java.FormatterException;
import com.google.googlejavaformat.java.ImportOrderer;
import com.google.googlejavaformat.java.JavaFormatterOptions;
import com.google.googlejavaformat.java.RemoveUnusedImports;
import com.google.googlejavaformat.java.StringWrapper;

import org.junit.jupiter.api.Test;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.stream.Stream;

/// Every source file is as google-java-format (AOSP style) writes it. `main` rewrites those that
/// are not: `mvn -Pformat test-compile exec:exec@format`.
class FormatTest {
    private static final JavaFormatterOptions.Style STYLE = JavaFormatterOptions.Style.AOSP;
    private static final Formatter FORMATTER =
            new Formatter(JavaFormatterOptions.builder().style(STYLE).build());

    @Test
    void every_source_file_is_formatted() throws IOException {
        assertThat(unformatted()).as("run: mvn test-compile exec:exec@format").isEmpty();
    }

    public static void main(String[] args) throws IOException {
        for (Path file : unformatted()) {
            Files.writeString(file, formatted(Files.readString(file)));
        }
    }

    private static List<Path> unformatted() throws IOException {
        try (Stream<Path> files = Files.walk(Path.of("src"))) {
            return files.filter(f -> f.toString().endsWith(".java"))
                    .filter(FormatTest::differs)
                    .toList();
        }
    }

    private static boolean differs(Path file) {
        try {
            String text = Files.readString(file);
            return !formatted(text).equals(text);
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static String formatted(String text) {
        try {
            String imports = RemoveUnusedImports.removeUnusedImports(FORMATTER.formatSource(text));
            return StringWrapper.wrap(ImportOrderer.reorderImports(imports, STYLE), FORMATTER);
        } catch (FormatterException e) {
            throw new IllegalStateException(e);
        }
    }
}
