import dev.ichor.cluster.ClusterOptions;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.TalosVersion;
import dev.ichor.talos.Gen;
import dev.ichor.talos.GenInput;
import dev.ichor.talos.Patches;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.SecretsFile;

import java.io.IOException;
import java.net.URI;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// What `ichor gen` does, in a warm process: `GenLoad gen SECRETS DIR MACHINES TIMES` writes the
/// files again and again, `GenLoad secrets TIMES` makes new secrets. Says the median in ms as JSON.
public final class GenLoad {
    private static final Gen GEN = new Gen(InstantSource.system(), new SecureRandom());

    private interface Work {
        void run() throws IOException;
    }

    public static void main(String[] a) throws IOException {
        if (a[0].equals("secrets")) {
            tell(Integer.parseInt(a[1]), () -> Secrets.create(GEN.clock(), GEN.random()));
            return;
        }
        Secrets secrets = SecretsFile.read(Path.of(a[1]));
        Gen.Order order = order(Integer.parseInt(a[3]));
        tell(Integer.parseInt(a[4]), () -> GEN.write(Path.of(a[2]), order, secrets, true));
    }

    private static Gen.Order order(int machines) {
        GenInput input =
                new GenInput(
                        "homelab",
                        URI.create("https://192.168.1.20:6443"),
                        TalosVersion.of("v1.12.0"),
                        "1.35.0",
                        new InstallDisk.Device("/dev/sda"),
                        "ghcr.io/siderolabs/installer:v1.12.0",
                        new ClusterOptions(null, List.of(), List.of(), List.of()),
                        GenInput.CLUSTER_LOCAL,
                        false,
                        true);
        List<Gen.OwnFile> own = new ArrayList<>();
        for (int i = 0; i < machines; i++) {
            Role role = i == 0 ? Role.CONTROL_PLANE : Role.WORKER;
            own.add(new Gen.OwnFile("node-" + i, role, List.of()));
        }
        return new Gen.Order(input, Patches.NONE, own, List.of(), List.of());
    }

    /// The second half counts: the first warms up.
    private static void tell(int times, Work work) throws IOException {
        double[] ms = new double[times];
        for (int i = 0; i < times; i++) {
            long start = System.nanoTime();
            work.run();
            ms[i] = (System.nanoTime() - start) / 1e6;
        }
        double[] warm = Arrays.copyOfRange(ms, times / 2, times);
        Arrays.sort(warm);
        System.out.println("{\"ms\": " + warm[warm.length / 2] + "}");
    }
}
