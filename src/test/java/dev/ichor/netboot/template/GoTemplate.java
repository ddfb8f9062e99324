package dev.ichor.netboot.template;

import static org.junit.jupiter.api.Assumptions.assumeTrue;

import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.BufferedReader;
import java.io.BufferedWriter;
import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.Optional;

/// The real `text/template`, built by src/test/peers/build.sh.
final class GoTemplate implements AutoCloseable {
    private static final Path PROGRAM = Path.of("target/peers/gotemplate");

    private final JsonMapper json = JsonMapper.builder().build();
    private final Process process;
    private final BufferedWriter to;
    private final BufferedReader from;

    private GoTemplate() throws IOException {
        process = new ProcessBuilder(PROGRAM.toString()).start();
        to = process.outputWriter();
        from = process.inputReader();
    }

    /// Skips the test where it is not built.
    static GoTemplate startOrSkip() throws IOException {
        assumeTrue(
                Files.isExecutable(PROGRAM),
                "no target/peers/gotemplate: run src/test/peers/build.sh");
        return new GoTemplate();
    }

    /// @return empty when Go refuses
    ///
    /// @param query what `.request.query` holds
    Optional<String> render(String text, Map<String, ?> data, Map<String, String> query)
            throws IOException {
        to.write(json.writeValueAsString(Map.of("text", text, "data", data, "query", query)));
        to.newLine();
        to.flush();
        JsonNode answer = json.readTree(from.readLine());
        return answer.has("out") ? Optional.of(answer.get("out").asString()) : Optional.empty();
    }

    @Override
    public void close() {
        process.destroy();
    }
}
