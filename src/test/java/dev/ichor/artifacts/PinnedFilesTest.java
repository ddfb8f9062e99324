package dev.ichor.artifacts;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.net.URI;
import java.nio.file.Path;
import java.time.InstantSource;

class PinnedFilesTest {
    private static final byte[] LOADER = Releases.noise(70_000, 1);

    @TempDir Path folder;

    @Test
    void a_file_with_a_known_checksum_comes_once_and_never_wrong() throws Exception {
        try (Releases web = new Releases()) {
            web.files.put("/snponly.efi", LOADER);
            URI url = web.server.url("/snponly.efi").uri();
            PinnedFiles files =
                    new PinnedFiles(new Cache(folder), web.internet(), InstantSource.system());

            Path got = files.get(url, Releases.sha256(LOADER), Amount.IGNORE);
            files.get(url, Releases.sha256(LOADER), Amount.IGNORE);

            assertThat(got).hasBinaryContent(LOADER);
            assertThat(web.asked()).containsExactly("/snponly.efi");
            assertThatThrownBy(() -> files.get(url, "0".repeat(64), Amount.IGNORE))
                    .isInstanceOf(ProblemException.class);
            assertThat(folder.resolve("sha256")).isDirectoryContaining(p -> p.equals(got));
        }
    }
}
