import dev.ichor.artifacts.Cache;
import dev.ichor.artifacts.Internet;
import dev.ichor.artifacts.TalosImages;
import dev.ichor.artifacts.Upstream;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Arch;
import dev.ichor.cluster.Image;
import dev.ichor.cluster.TalosVersion;

import java.io.BufferedReader;
import java.io.IOException;
import java.io.InputStreamReader;
import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumSet;
import java.util.Map;
import java.util.Optional;

/// The download engine in a warm process: `FetchLoad URL CACHE`. For each line on its input it
/// fetches Talos v1.13.9 from URL into the empty CACHE and says in ms how long that took, as JSON.
public final class FetchLoad {
    public static void main(String[] a) throws Exception {
        Path root = Path.of(a[1]);
        URI url = URI.create(a[0]);
        TalosImages images =
                new TalosImages(
                        new Upstream(url, url, url, (talos, name) -> Optional.empty()),
                        new Cache(root),
                        new Internet(Map.of(), Thread::sleep),
                        InstantSource.system());
        TalosImages.Request wish =
                new TalosImages.Request(
                        TalosVersion.of("v1.13.9"),
                        new Image.Release(),
                        EnumSet.of(Arch.AMD64),
                        why -> true);
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        while (in.readLine() != null) {
            empty(root);
            long start = System.nanoTime();
            images.fetch(wish, Amount.IGNORE);
            System.out.println("{\"ms\": " + (System.nanoTime() - start) / 1e6 + "}");
        }
    }

    private static void empty(Path root) throws IOException {
        if (Files.isDirectory(root)) {
            try (var all = Files.walk(root)) {
                for (Path file : all.filter(Files::isRegularFile).toList()) {
                    Files.delete(file);
                }
            }
        }
    }
}
