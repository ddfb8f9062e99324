package dev.ichor.host;

import java.io.IOException;
import java.nio.charset.Charset;
import java.util.List;
import java.util.Map;
import java.util.concurrent.TimeUnit;

/// Asks one of the system's own programs.
final class Command {
    private static final long PATIENCE_SECONDS = 20;

    private Command() {}

    /// What it says on its standard output.
    ///
    /// @param more added to its environment
    /// @throws IOException when it cannot be started, fails, or takes too long
    static String read(List<String> words, Map<String, String> more) throws IOException {
        ProcessBuilder builder =
                new ProcessBuilder(words).redirectError(ProcessBuilder.Redirect.DISCARD);
        builder.environment().putAll(more);
        Process process = builder.start();
        process.getOutputStream().close();
        Thread limit = Thread.startVirtualThread(() -> stop(process));
        try (var out = process.getInputStream()) {
            byte[] said = out.readAllBytes();
            int exit = process.waitFor();
            if (exit != 0) {
                throw new IOException(words.getFirst() + " ended with " + exit);
            }
            return new String(said, Charset.defaultCharset());
        } catch (InterruptedException e) {
            process.destroyForcibly();
            Thread.currentThread().interrupt();
            throw new IOException(words.getFirst() + " was interrupted", e);
        } finally {
            limit.interrupt();
        }
    }

    private static void stop(Process process) {
        try {
            if (!process.waitFor(PATIENCE_SECONDS, TimeUnit.SECONDS)) {
                process.destroyForcibly();
            }
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
