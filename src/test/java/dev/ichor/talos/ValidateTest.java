package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.ClusterOptions;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.TalosVersion;

import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;
import org.junit.jupiter.params.provider.ValueSource;

import java.net.URI;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;

/// Configs with secrets of our own, before the real Talos machinery.
class ValidateTest {
    @ParameterizedTest
    @CsvSource({
        "v1.9.5, 1.32.0",
        "v1.10.0, 1.33.0",
        "v1.11.5, 1.34.1",
        "v1.12.0, 1.35.2",
        "v1.13.9, 1.36.3",
        "v1.14.0, 1.36.3"
    })
    void talos_accepts_what_is_written(String talos, String kubernetes, @TempDir Path dir)
            throws Exception {
        Path validate = Oracle.program("talos-validate");
        GenInput input =
                new GenInput(
                        "attic",
                        URI.create("https://192.168.1.20:6443"),
                        TalosVersion.of(talos),
                        kubernetes,
                        new InstallDisk.Device("/dev/mmcblk0"),
                        "ghcr.io/siderolabs/installer:" + talos,
                        new ClusterOptions(
                                null, List.of(), List.of(), List.of("kube.attic.lan", "::1")),
                        GenInput.CLUSTER_LOCAL,
                        true,
                        true);
        new Gen(InstantSource.system(), new SecureRandom())
                .writeFresh(
                        dir,
                        new Gen.Order(
                                input, Patches.NONE, List.of(), List.of("192.168.1.20"), List.of()),
                        false);
        Secrets secrets = SecretsFile.read(dir.resolve("secrets.yaml"));
        Path cp = dir.resolve("cp-1.yaml");
        Node one = node("cp-1", Role.CONTROL_PLANE, new InstallDisk.Size(">= 8GB"));
        Files.writeString(cp, MachineConfigs.node(input, secrets, one));
        Path worker = dir.resolve("wk-1.yaml");
        Node two = node("wk-1", Role.WORKER, new InstallDisk.Serial("S3*"));
        Files.writeString(worker, MachineConfigs.node(input, secrets, two));

        Oracle.Result verdict =
                Oracle.run(
                        validate,
                        "-strict",
                        "-secrets",
                        dir.resolve("secrets.yaml"),
                        "-talosconfig",
                        dir.resolve("talosconfig"),
                        dir.resolve("controlplane.yaml"),
                        dir.resolve("worker.yaml"),
                        cp,
                        worker);
        assertThat(verdict.exit()).as(verdict.output()).isZero();
    }

    /// Every wish at once: address, shared address, time, mirrors, where to report to.
    @ParameterizedTest
    @ValueSource(strings = {"v1.9.5", "v1.10.0", "v1.11.5", "v1.12.0", "v1.13.9", "v1.14.0"})
    void talos_accepts_every_option(String talos, @TempDir Path dir) throws Exception {
        Path validate = Oracle.program("talos-validate");
        ClusterOptions options =
                new ClusterOptions(
                        Ip4.of("192.168.1.20"),
                        List.of("192.168.1.1", "time.lan"),
                        List.of(
                                new ClusterOptions.Mirror(
                                        "docker.io",
                                        List.of("https://mirror.lan", "http://m2:5000"))),
                        List.of("kube.lan"));
        GenInput input =
                new GenInput(
                        "attic",
                        URI.create("https://192.168.1.20:6443"),
                        TalosVersion.of(talos),
                        "1.33.0",
                        new InstallDisk.Device("/dev/sda"),
                        "ghcr.io/siderolabs/installer:" + talos,
                        options,
                        GenInput.CLUSTER_LOCAL,
                        false,
                        true);
        Sinks to = new Sinks(Ip4.of("192.168.1.5"), 6001, 6002);
        Secrets secrets = Vectors.of("sans-v1.13").secrets();
        FixedAddress fixed =
                new FixedAddress(
                        Ip4.of("192.168.1.21"),
                        24,
                        Ip4.of("192.168.1.1"),
                        List.of(Ip4.of("192.168.1.1")));
        for (Role role : Role.values()) {
            for (InstallDisk disk :
                    List.of(new InstallDisk.Wwid("eui.0*"), new InstallDisk.Size(">= 16GB"))) {
                for (boolean own : new boolean[] {true, false}) {
                    Node node =
                            new Node(
                                    Machine.of(Mac.of("4c:52:62:08:a3:ce")),
                                    "node-1",
                                    role,
                                    disk,
                                    Life.ALWAYS_NETBOOT,
                                    own ? fixed : null);
                    Path file = dir.resolve("node.yaml");
                    String text = to.in(MachineConfigs.node(input, secrets, node));
                    Files.writeString(file, text);
                    Oracle.Result verdict = Oracle.run(validate, "-strict", file);
                    assertThat(verdict.exit()).as(verdict.output() + text).isZero();
                }
            }
        }
    }

    private static Node node(String name, Role role, InstallDisk disk) {
        Machine machine = Machine.of(Mac.of("4c:52:62:08:a3:ce"));
        return new Node(machine, name, role, disk, Life.ALWAYS_NETBOOT);
    }
}
