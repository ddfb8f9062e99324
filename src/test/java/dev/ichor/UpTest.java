package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.Stage;
import dev.ichor.cli.Cli;
import dev.ichor.cli.Platform;
import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Mac;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.Session;
import dev.ichor.steps.World;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Optional;
import java.util.concurrent.atomic.AtomicReference;

/// `ichor up`, `ichor disk` and `ichor node` on a pretended network.
@Timeout(300)
class UpTest {
    @TempDir Path temp;

    /// A command's words.
    private record Said(int exit, String out) {}

    @Test
    void a_cluster_comes_up_headless_and_a_machine_is_installed_on_the_disk_its_owner_chooses()
            throws Exception {
        Path dir = temp.resolve("lab");
        try (Pretend network = new Wiring().pretend(2, PlannedCluster.NOBODY)) {
            Mac asked = planned(network, dir);
            AtomicReference<Said> up = new AtomicReference<>();
            Thread running =
                    Thread.ofVirtual()
                            .start(() ->
                                    up.set(
                                            ichor(
                                                    network.world(),
                                                    "up",
                                                    dir.toString(),
                                                    "--approve",
                                                    "all",
                                                    "--wake",
                                                    "--json")));
            String serial = serial(dir, asked, up);
            Said wrong = ichor(network.world(), "disk", dir.toString(), asked.toString(), "sdz");
            assertThat(wrong.out()).contains("has shown no disk \"sdz\". It has: /dev/sda");
            Said right = ichor(network.world(), "disk", dir.toString(), asked.toString(), serial);
            assertThat(right).isEqualTo(new Said(0, ""));
            running.join();

            assertThat(up.get().exit()).as(up.get().out()).isZero();
            List<BootEvent> events =
                    up.get().out().lines().flatMap(l -> BootLog.parse(l).stream()).toList();
            assertThat(events)
                    .anyMatch(e -> e instanceof BootEvent.Maintenance && asked.equals(e.mac()))
                    .anyMatch(e -> e instanceof BootEvent.ConfigPushed && asked.equals(e.mac()))
                    .anyMatch(e ->
                            e instanceof BootEvent.NodeSaid s
                                    && s.stage() == Stage.INSTALLING
                                    && asked.equals(s.mac()));
            assertThat(Files.readString(dir.resolve("private/bootstrap"))).endsWith("done");
            assertThat(dir.resolve("private/kubeconfig")).isNotEmptyFile();
            assertThat(up.get().out()).doesNotContain("PRIVATE KEY", "LS0tLS1CRUdJTi");
            changed(network, dir, asked);
        }
    }

    /// Installed machines obey, and tell what they were told.
    private void changed(Pretend network, Path dir, Mac mac) {
        Said upgrade =
                ichor(
                        network.world(),
                        "node",
                        "upgrade",
                        dir.toString(),
                        "all",
                        "--talos",
                        "v1.13.9",
                        "--yes");
        assertThat(upgrade.exit()).as(upgrade.out()).isZero();
        assertThat(upgrade.out())
                .containsSubsequence(
                        "worker-1 installs v1.13.9",
                        "worker-1 runs v1.13.9",
                        "control-1 installs v1.13.9",
                        "control-1 runs v1.13.9",
                        "2 machines: upgrade done.");
        assertThat(dir.resolve("cluster.json")).content().contains("v1.13.9");
        Said unasked = ichor(network.world(), "node", "reset", dir.toString(), mac.toString());
        assertThat(unasked.exit()).isEqualTo(1);
        assertThat(unasked.out()).contains("Nothing was done.");
        Said away = ichor(network.world(), "node", "reboot", dir.toString(), "02:00:00:00:00:01");
        assertThat(away.out()).contains("No machine of this cluster is called 02:00:00:00:00:01.");
        Said reset =
                ichor(network.world(), "node", "reset", dir.toString(), mac.toString(), "--yes");
        assertThat(reset).isEqualTo(new Said(0, "1 machines: reset done.\n"));
    }

    /// Plans both machines; the worker's disk is to be asked for.
    private static Mac planned(Pretend network, Path dir) throws Exception {
        try (Session s = PlannedCluster.of(network, dir)) {
            Mac worker =
                    s.snapshot().draft().wishes().keySet().stream()
                            .filter(m -> !m.equals(network.firstControlPlane()))
                            .findFirst()
                            .orElseThrow();
            s.edit(d -> asking(d, worker));
            return worker;
        }
    }

    private static Draft asking(Draft d, Mac mac) {
        Draft.Wish w = d.wishes().get(mac);
        return w == null
                ? d
                : d.assign(
                        mac,
                        new Draft.Wish(w.role(), w.hostname(), new InstallDisk.Ask(), w.life()));
    }

    /// Waits until the machine has shown its disks in the log file.
    private static String serial(Path dir, Mac mac, AtomicReference<Said> up) throws Exception {
        while (true) {
            assertThat(up.get()).as("ended before that").isNull();
            for (BootEvent e : logged(dir)) {
                if (e instanceof BootEvent.DisksSeen d && d.mac().equals(mac)) {
                    Disk first = d.disks().getFirst();
                    assertThat(first.holds()).containsExactly("ext4 \"eLux\"");
                    return first.serial();
                }
            }
            Thread.sleep(50);
        }
    }

    private static List<BootEvent> logged(Path dir) throws IOException {
        try (var files = Files.list(new ClusterFolder(dir).logs())) {
            List<Path> all = files.filter(f -> f.toString().endsWith(".jsonl")).toList();
            return all.isEmpty() ? List.of() : BootLog.replay(all.getLast());
        }
    }

    private static Said ichor(World world, String... args) {
        StringWriter out = new StringWriter();
        Platform platform =
                new Platform() {
                    @Override
                    public World world() {
                        return world;
                    }

                    @Override
                    public Pretend pretend(int machines, Optional<Kill> kill) throws IOException {
                        return new Wiring().pretend(machines, kill);
                    }

                    @Override
                    public boolean wizard() {
                        return false;
                    }
                };
        PrintWriter to = new PrintWriter(out, true);
        int exit = Cli.run(args, platform, to, to);
        return new Said(exit, out.toString());
    }
}
