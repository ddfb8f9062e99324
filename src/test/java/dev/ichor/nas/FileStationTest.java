package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.charset.StandardCharsets;
import java.util.Map;
import java.util.Objects;
import java.util.TreeMap;

/// Copying by a Synology's File Station.
class FileStationTest {
    private FakeDsm fake;

    @BeforeEach
    void start() throws Exception {
        fake = FakeDsm.start();
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private Nas nas(String folder) throws Exception {
        String print = fake.certificate();
        return Nas.connect(
                new NasTarget(
                        "dsm://localhost",
                        fake.port(),
                        FakeDsm.USER,
                        folder,
                        null,
                        "http://nas:8080"),
                new Access.Password(FakeDsm.PASSWORD::toCharArray, () -> "123456"),
                print::equals);
    }

    private static BootTree tree(String one) {
        Map<String, Content> files = new TreeMap<>();
        files.put("groups/größe.json", new Content.Text(one));
        for (int i = 0; i < 20; i++) {
            files.put("profiles/machine " + i + ".json", new Content.Text("{\"n\": " + i + "}"));
        }
        return BootTree.of(files);
    }

    private String there(String path) {
        byte[] content = Objects.requireNonNull(fake.files.get("/docker/matchbox/" + path), path);
        return new String(content, StandardCharsets.UTF_8);
    }

    @Test
    void copies_reads_back_sends_nothing_twice_and_undoes() throws Exception {
        fake.code = "123456";
        try (Nas nas = nas("/docker/matchbox")) {
            assertThat(nas.hostKey()).isEqualTo(fake.certificate());
            assertThat(nas.deploy(tree("{}"), Amount.IGNORE).copied()).isEqualTo(21);
            assertThat(there("profiles/machine 7.json")).isEqualTo("{\"n\": 7}");
            assertThat(nas.deploy(tree("{}"), Amount.IGNORE))
                    .isEqualTo(new DeployReport(0, 21, 0, 0));

            assertThat(nas.deploy(tree("[1]"), Amount.IGNORE))
                    .isEqualTo(new DeployReport(1, 20, 0, 3));
            assertThat(there("groups/größe.json")).isEqualTo("[1]");
            assertThat(nas.undo()).isEqualTo(1);
            assertThat(there("groups/größe.json")).isEqualTo("{}");
            assertThat(fake.files.keySet()).noneMatch(f -> f.endsWith(".part"));
            assertThat(fake.files.keySet()).noneMatch(f -> f.endsWith(".old"));
        }
    }

    @Test
    void a_full_disk_and_a_missing_share_are_told_and_the_old_tree_stays() throws Exception {
        try (Nas nas = nas("/docker/matchbox")) {
            nas.deploy(tree("{}"), Amount.IGNORE);
            fake.refusing = 416;
            Problem full = Refused.refused(() -> nas.deploy(tree("[1]"), Amount.IGNORE));
            assertThat(full.why()).isEqualTo("The NAS's disk is full.");
            assertThat(there("groups/größe.json")).isEqualTo("{}");
            fake.refusing = 0;
        }
        try (Nas nas = nas("/nowhere/matchbox")) {
            Problem missing = Refused.refused(() -> nas.deploy(tree("{}"), Amount.IGNORE));
            assertThat(missing.why()).isEqualTo("It is not there (any more).");
        }
    }

    @Test
    void configs_are_refused_where_nobody_can_tell_who_may_read_them() throws Exception {
        BootTree secret = BootTree.of(Map.of("generic/a.yaml", new Content.Text("secret")));
        try (Nas nas = nas("/docker/matchbox")) {
            Refused.refused(() -> nas.deploy(secret, Amount.IGNORE));
            assertThat(fake.files.keySet()).noneMatch(f -> f.contains("generic"));
        }
    }

    @Test
    void an_ssh_key_is_no_way_in() throws Exception {
        NasTarget target =
                new NasTarget("dsm://localhost", fake.port(), "a", "/docker", null, "http://x");
        Access key = new Access.KeyFile(java.nio.file.Path.of("id"));
        assertThat(Refused.refused(() -> Nas.connect(target, key, k -> true)).why())
                .isEqualTo("DSM's web page takes no SSH key.");
    }
}
