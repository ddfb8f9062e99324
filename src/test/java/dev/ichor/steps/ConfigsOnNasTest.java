package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.Peer;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.netboot.Answers;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;

@Timeout(120)
class ConfigsOnNasTest {
    private static final URI NAS = URI.create("http://192.168.1.20:8080");
    private static final String ASKED = "/generic?mac=4c-52-62-08-a3-ce";

    /// What templates would trip over, in a comment and in a value.
    private static final String CONFIG =
            """
            version: v1alpha1 # {{ not for you }}
            machine: {token: "{{- .mac -}} {{{ }} {{\\"{{\\"}} größe"}
            """;

    @TempDir private Path folder;

    @Test
    void the_profile_names_the_config_and_the_kernel_asks_the_nas_for_it() throws Exception {
        BootTree tree = withConfigs(new InstallDisk.Device("/dev/sda"));
        assertThat(text(tree, "profiles/control-1.json"))
                .contains(
                        "\"generic_id\" : \"control-1.yaml\"",
                        "\"talos.config=http://192.168.1.20:8080/generic?mac=${mac:hexhyp}\"",
                        "\"console=tty0\"")
                .doesNotContain("192.168.1.10");
    }

    @Test
    void our_server_and_a_matchbox_answer_the_config_byte_for_byte() throws Exception {
        BootTree tree = withConfigs(new InstallDisk.Device("/dev/sda"));
        assertThat(Answers.of(tree, ASKED)).contains(CONFIG);
        for (String path : tree.list("")) {
            Path file = folder.resolve(path);
            Files.createDirectories(file.getParent());
            Files.writeString(file, text(tree, path));
        }
        try (Peer matchbox = Peer.matchbox(folder);
                var in =
                        URI.create("http://127.0.0.1:" + matchbox.port() + ASKED)
                                .toURL()
                                .openStream()) {
            assertThat(new String(in.readAllBytes(), StandardCharsets.UTF_8)).isEqualTo(CONFIG);
        }
    }

    @Test
    void a_machine_whose_disk_is_not_chosen_gets_no_config_there() {
        assertThatThrownBy(() -> withConfigs(new InstallDisk.Ask()))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().what())
                                        .isEqualTo(
                                                "The install disk of control-1 is not chosen"
                                                        + " yet."));
    }

    private static BootTree withConfigs(InstallDisk disk) throws IOException {
        ClusterPlan plan =
                Draft.empty()
                        .versions("v1.9.5", "1.32.0")
                        .reachedAt("https://192.168.1.50:6443")
                        .assign(
                                Mac.of("4c:52:62:08:a3:ce"),
                                new Draft.Wish(
                                        Role.CONTROL_PLANE, "control-1", disk, Life.DISK_FIRST))
                        .plan();
        BootTree data =
                BootTree.of(
                        Map.of(
                                "assets/talos/vmlinuz",
                                new Content.Text("kernel"),
                                "groups/control-1.json",
                                new Content.Text(
                                        """
                                        {"id": "control-1", "profile": "control-1",
                                         "selector": {"mac": "4c:52:62:08:a3:ce"}}
                                        """),
                                "profiles/control-1.json",
                                new Content.Text(
                                        """
                                        {"id": "control-1", "boot": {"kernel": "k", "initrd": ["i"],
                                         "args": ["console=tty0",
                                           "talos.config=http://192.168.1.10:8080/generic?mac=x"]}}
                                        """)));
        return ConfigsOnNas.in(data, plan, NAS, n -> CONFIG);
    }

    private static String text(BootTree tree, String path) throws IOException {
        return ((Content.Text) tree.get(path).orElseThrow()).text();
    }
}
