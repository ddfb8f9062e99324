import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.nas.Access;
import dev.ichor.nas.Nas;

import java.io.BufferedReader;
import java.io.InputStreamReader;
import java.nio.file.Path;
import java.util.function.Consumer;

/// Copying in a warm process: `NasLoad HOST PORT USER KEYFILE|PASSWORD`. For each line `TREE
/// FOLDER` on its input it copies the tree's folder to the NAS's and says as JSON in ms how long
/// that took in all (looking, sending, reading back, naming), how much of it was the sending, from
/// the first block to the answer to the last, and the reading back, and how many bytes were sent.
public final class NasLoad {
    public static void main(String[] a) throws Exception {
        Access access =
                a[3].startsWith("/")
                        ? new Access.KeyFile(Path.of(a[3]))
                        : new Access.Password(() -> a[3].toCharArray());
        BufferedReader in = new BufferedReader(new InputStreamReader(System.in));
        String line;
        while ((line = in.readLine()) != null) {
            String[] words = line.split(" ");
            NasTarget target =
                    new NasTarget(
                            a[0], Integer.parseInt(a[1]), a[2], words[1], null, "http://nas:8080");
            Path from = Path.of(words[0]);
            try (Nas nas = Nas.connect(target, access, key -> true)) {
                BootTree tree = BootTree.folder(from, from.resolve("assets"));
                Parts parts = new Parts();
                long start = System.nanoTime();
                DeployReport report = nas.deploy(tree, parts);
                double ms = (System.nanoTime() - start) / 1e6;
                System.out.printf(
                        "{\"ms\": %.1f, \"sent\": %.1f, \"readBack\": %.1f, \"bytes\": %d}%n",
                        ms, parts.sent(), parts.readBack(), report.bytes());
            }
        }
    }

    /// When the first block went, all was sent, and all was read back.
    private static final class Parts implements Consumer<Amount> {
        private long first;
        private long all;
        private long last;

        @Override
        public void accept(Amount amount) {
            long now = System.nanoTime();
            first = first == 0 ? now : first;
            if (amount.what().equals("Reading back")) {
                all = amount.done() == 0 ? now : all;
                last = now;
            }
        }

        double sent() {
            return (all - first) / 1e6;
        }

        double readBack() {
            return (last - all) / 1e6;
        }
    }
}
