package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Objects;
import java.util.stream.Stream;

class ImportTest {
    private static final Path VECTORS = Path.of("src/test/resources/talos/basic-v1.9");
    private static final Mac CP = Mac.of("4c:52:62:08:a3:ce");

    @TempDir private Path dir;

    private Path put(String name, String text) throws IOException {
        Path file = dir.resolve("old").resolve(name);
        Files.createDirectories(file.getParent());
        return Files.writeString(file, text);
    }

    private static String vector(String name) throws IOException {
        return Files.readString(VECTORS.resolve(name));
    }

    private Import.Report run(boolean newSecrets) throws IOException {
        return Import.run(dir.resolve("old"), dir.resolve("new"), newSecrets);
    }

    private Draft draft() throws IOException {
        return new ClusterFolder(dir.resolve("new")).read();
    }

    private void matchbox() throws IOException {
        put(
                "groups/cp.json",
                """
                {
                  // the first one
                  "name": "cp", "profile": "cp",
                  "selector": {"mac": "4c:52:62:08:a3:ce"}
                }
                """);
        put("groups/default.json", "{\"name\": \"all\", \"profile\": \"worker\"}");
        put("groups/broken.json", "{\n\"name\": \n");
        put("profiles/cp.json", "{\"id\": \"cp\", \"generic_id\": \"thin-01.yaml\"}");
        put(
                "profiles/worker.json",
                "{\"id\": \"worker\", \"boot\": {\"args\":"
                        + " [\"talos.config=http://10.0.0.2:8080/assets/worker.yaml\"]}}");
        put(
                "generic/thin-01.yaml",
                vector("thin-01.yaml").replace("debug: false", "debug: false # {{`{{`}}"));
        put("assets/worker.yaml", vector("worker.yaml"));
        put("assets/talosconfig", vector("talosconfig"));
        put("assets/vmlinuz", "kernel");
    }

    @Test
    void a_matchbox_folder_becomes_a_cluster_folder() throws Exception {
        matchbox();
        Import.Report report = run(false);
        Draft d = draft();
        assertThat(d.clusterName()).isEqualTo("homelab");
        assertThat(d.endpoint()).isEqualTo("https://192.168.10.21:6443");
        Draft.Wish cp = Objects.requireNonNull(d.wishes().get(CP));
        assertThat(cp.role()).isEqualTo(Role.CONTROL_PLANE);
        assertThat(cp.hostname()).isEqualTo("thin-01");
        assertThat(cp.disk()).isEqualTo(new InstallDisk.Device("/dev/sda"));
        assertThat(d.wishes()).hasSize(1);
        Path own = dir.resolve("new/private");
        assertThat(own.resolve("secrets.yaml")).hasContent(vector("secrets.yaml"));
        assertThat(own.resolve("talosconfig")).hasContent(vector("talosconfig"));
        assertThat(own.resolve("imported-assets_worker.yaml")).hasContent(vector("worker.yaml"));
        assertThat(Files.readString(own.resolve("imported-generic_thin-01.yaml")))
                .contains("# {{\n");
        assertThat(report.left())
                .containsExactlyInAnyOrder(
                        "groups/broken.json: line 3 is no JSON",
                        "assets/vmlinuz: Talos and loaders are downloaded and verified anew");
        assertThat(report.warnings())
                .hasSize(3)
                .anyMatch(w -> w.startsWith("The default group default.json handed a worker's"))
                .anyMatch(w -> w.startsWith("assets/worker.yaml could be read by everybody"))
                .anyMatch(w -> w.startsWith("assets/talosconfig could be read by everybody"));
        try (Stream<Path> all = Files.walk(dir.resolve("new"))) {
            assertThat(all.filter(Files::isRegularFile).filter(f -> !f.startsWith(own)))
                    .allSatisfy(
                            f -> assertThat(Files.readString(f)).doesNotContain("LS0tLS1CRUdJTi"));
        }
        assertThat(report.toString()).doesNotContain("LS0t", "PRIVATE");
    }

    @Test
    void new_secrets_leave_the_old_keys_behind() throws Exception {
        matchbox();
        run(true);
        assertThat(dir.resolve("new/private/secrets.yaml")).doesNotExist();
        assertThat(draft().wishes()).hasSize(1);
    }

    @Test
    void a_folder_of_talosctl_gives_secrets_and_cluster() throws Exception {
        for (String name : new String[] {"controlplane.yaml", "thin-02.yaml", "talosconfig"}) {
            put(name, vector(name));
        }
        Import.Report report = run(false);
        assertThat(dir.resolve("new/private/secrets.yaml")).hasContent(vector("secrets.yaml"));
        assertThat(draft().talos()).isEqualTo("v1.9.5");
        assertThat(report.left())
                .containsExactly(
                        "thin-02.yaml: it names no MAC, so thin-02 gets its role again when it is"
                                + " found");
    }

    @Test
    void talhelper_s_talconfig_gives_cluster_and_machines() throws Exception {
        put(
                "talconfig.yaml",
                """
                clusterName: attic
                talosVersion: v1.13.9
                kubernetesVersion: v1.36.3
                endpoint: https://10.0.0.5:6443
                additionalApiServerCertSans: [kube.lan]
                cniConfig: {name: none}
                nodes:
                  - hostname: cp-1
                    ipAddress: 10.0.0.5
                    controlPlane: true
                    installDiskSelector: {serial: S3X}
                    networkInterfaces:
                      - deviceSelector: {hardwareAddr: "4c:52:62:08:a3:ce"}
                    patches: []
                  - hostname: wk-1
                    controlPlane: false
                    installDisk: /dev/sda
                """);
        Import.Report report =
                Import.run(dir.resolve("old/talconfig.yaml"), dir.resolve("new"), false);
        Draft.Wish cp = Objects.requireNonNull(draft().wishes().get(CP));
        assertThat(cp.disk()).isEqualTo(new InstallDisk.Serial("S3X"));
        assertThat(draft().options().sans()).containsExactly("kube.lan");
        assertThat(report.left())
                .contains(
                        "wk-1: talconfig.yaml names no MAC of it",
                        "the setting cniConfig",
                        "the setting cp-1: patches");
    }

    @Test
    void a_folder_of_something_else_and_a_cluster_that_is_there_are_told() throws Exception {
        put("readme.txt", "hello");
        assertThatThrownBy(() -> run(false))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("There is nothing to import in");
        put("controlplane.yaml", vector("controlplane.yaml"));
        run(false);
        assertThatThrownBy(() -> run(false))
                .isInstanceOf(ProblemException.class)
                .hasMessageEndingWith("already.");
    }
}
