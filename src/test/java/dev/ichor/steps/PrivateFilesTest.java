package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.talos.Oracle;
import dev.ichor.talos.SecretsFile;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.List;
import java.util.stream.Stream;

class PrivateFilesTest {
    private static final String PASSPHRASE = "four gray thin clients";
    private static final Path SECRETS = Path.of("src/test/resources/talos/sans-v1.13/secrets.yaml");
    private static final Instant NOW = Instant.parse("2026-11-24T12:00:00Z");

    @TempDir private Path dir;
    private Path cluster = Path.of("");

    /// Knows the passphrase.
    private record Typist(String passphrase) implements Owner {
        @Override
        public char[] passphrase(Path clusterFolder) {
            return passphrase.toCharArray();
        }

        @Override
        public char[] password(NasTarget target) {
            throw new AssertionError("not asked for here");
        }

        @Override
        public boolean accept(NasTarget target, String hostKey) {
            throw new AssertionError("not asked for here");
        }
    }

    private PrivateFiles files(Instant now) throws IOException {
        return PrivateFiles.of(
                cluster, InstantSource.fixed(now), new SecureRandom(), new Typist(PASSPHRASE));
    }

    private PrivateFiles files() throws IOException {
        return files(NOW);
    }

    @BeforeEach
    void a_configured_cluster() throws Exception {
        cluster = dir.resolve("attic");
        ClusterFolder folder = ClusterFolder.open(cluster);
        folder.write(
                Draft.empty()
                        .named("attic")
                        .reachedAt("https://192.168.1.20:6443")
                        .assign(
                                Mac.of("4c:52:62:08:a3:ce"),
                                new Draft.Wish(
                                        Role.CONTROL_PLANE,
                                        "cp-1",
                                        new InstallDisk.Device("/dev/sda"),
                                        Life.ALWAYS_NETBOOT)));
        Files.copy(SECRETS, folder.secrets());
        files().renew();
        ClusterFolder.writeSecret(folder.kubeconfig(), files().kubeconfig());
    }

    /// What a thief looks for: the keys themselves, in any of their forms.
    private static void assertNoKeyIn(Path root) throws IOException {
        String key = SecretsFile.yaml(SecretsFile.read(SECRETS));
        List<String> words =
                key.lines()
                        .filter(l -> l.matches(" +(key|token|secret|.*secret|.*token): .*"))
                        .map(l -> l.replaceAll("^[^:]+: ", ""))
                        .toList();
        assertThat(words).hasSizeGreaterThan(8);
        try (Stream<Path> all = Files.walk(root)) {
            for (Path file : all.filter(Files::isRegularFile).toList()) {
                String text = Files.readString(file, StandardCharsets.ISO_8859_1);
                assertThat(text).as(file.toString()).doesNotContain("PRIVATE KEY", "key: LS0t");
                for (String word : words) {
                    assertThat(text.contains(word)).as(file.toString()).isFalse();
                }
            }
        }
    }

    @Test
    void with_a_passphrase_no_key_is_left_in_the_folder() throws Exception {
        Path imported = cluster.resolve("private/imported-controlplane.yaml");
        Files.copy(SECRETS.resolveSibling("controlplane.yaml"), imported);
        files().lock(PASSPHRASE.toCharArray());
        assertNoKeyIn(cluster);
        assertThat(files().locked()).isTrue();
        assertThat(files().expiry()).allMatch(PrivateFiles.State::good);
        files().renew();
        assertNoKeyIn(cluster);

        PrivateFiles wrong =
                PrivateFiles.of(
                        cluster,
                        InstantSource.fixed(NOW),
                        new SecureRandom(),
                        new Typist("not this one"));
        assertThatThrownBy(wrong::expiry)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().why())
                                        .isEqualTo("Most likely the passphrase is wrong."));

        files().unlock();
        assertThat(cluster.resolve("private/secrets.yaml")).hasSameTextualContentAs(SECRETS);
        assertThat(imported).hasSameTextualContentAs(SECRETS.resolveSibling("controlplane.yaml"));
    }

    @Test
    void git_stages_no_key(@TempDir Path home) throws Exception {
        assumeTrue(Oracle.onPath("git"), "skipped: git is not installed");
        for (String[] words : new String[][] {{"init", "-q"}, {"add", "-A"}}) {
            Object[] all = new Object[words.length + 2];
            all[0] = "-C";
            all[1] = cluster;
            System.arraycopy(words, 0, all, 2, words.length);
            assertThat(Oracle.run(Path.of("git"), all).exit()).isZero();
        }
        String staged = Oracle.run(Path.of("git"), "-C", cluster, "ls-files").output();
        assertThat(staged.lines()).containsExactly(".gitignore", "cluster.json");
        Path index = home.resolve("out");
        Oracle.run(
                Path.of("git"), "-C", cluster, "checkout-index", "-a", "--prefix=" + index + "/");
        assertNoKeyIn(index);
    }

    @Test
    void a_recovery_kit_brings_everything_back() throws Exception {
        Path kit = dir.resolve("attic.age");
        files().exportKit(kit, PASSPHRASE.toCharArray());
        assertNoKeyIn(kit);
        Path before = cluster;
        cluster = Files.createDirectory(dir.resolve("again"));
        assertThat(files().restoreKit(kit, PASSPHRASE.toCharArray(), ""))
                .containsExactly("cluster.json", "kubeconfig", "secrets.yaml", "talosconfig");
        for (String name : List.of("cluster.json", "private/secrets.yaml", "private/kubeconfig")) {
            assertThat(cluster.resolve(name)).hasSameBinaryContentAs(before.resolve(name));
        }
    }

    @Test
    void other_secrets_are_replaced_only_when_the_cluster_s_name_is_typed() throws Exception {
        Path kit = dir.resolve("attic.age");
        files().exportKit(kit, PASSPHRASE.toCharArray());
        Path secrets = cluster.resolve("private/secrets.yaml");
        Files.copy(
                Path.of("src/test/resources/talos/basic-v1.9/secrets.yaml"),
                secrets,
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThatThrownBy(() -> files().restoreKit(kit, PASSPHRASE.toCharArray(), ""))
                .isInstanceOf(ProblemException.class)
                .hasMessageStartingWith("Other secrets are in");
        files().restoreKit(kit, PASSPHRASE.toCharArray(), "attic");
        assertThat(secrets).hasSameTextualContentAs(SECRETS);
    }

    @Test
    void a_certificate_s_end_is_told_in_time() throws Exception {
        assertThat(files().expiry().getFirst().sentence())
                .isEqualTo("talosconfig is good until 2027-11-24 (365 days).");
        Instant later = NOW.plus(Duration.ofDays(350));
        assertThat(files(later).expiry().getFirst().sentence())
                .isEqualTo("talosconfig is good until 2027-11-24 (15 days): renew it.");
        assertThat(files(NOW.plus(Duration.ofDays(370))).expiry().getFirst().sentence())
                .isEqualTo("talosconfig expired on 2027-11-24: renew it.");
        assertThat(files(NOW.minus(Duration.ofDays(365))).expiry().getFirst().sentence())
                .isEqualTo(
                        "talosconfig is not valid before 2026-11-24: the clock of this PC, or of"
                                + " the one that made it, is wrong.");
        files(later).renew();
        assertThat(files(later).expiry().getFirst().good()).isTrue();
    }

    @Test
    void an_authority_is_replaced_not_renewed() throws Exception {
        List<String> soon = sentences(NOW.plus(Duration.ofDays(3630)));
        assertThat(soon)
                .filteredOn(s -> s.startsWith("The authority of the Talos API"))
                .singleElement()
                .asString()
                .endsWith(
                        ": it cannot be renewed, only replaced: with talosctl rotate-ca while"
                                + " it is good, with new secrets and machines installed anew after"
                                + " that.");
        assertThat(sentences(NOW.plus(Duration.ofDays(3660))))
                .filteredOn(s -> s.startsWith("The authority of etcd"))
                .singleElement()
                .asString()
                .endsWith(
                        ": it cannot be renewed, only replaced: with new secrets and machines"
                                + " installed anew.");
    }

    private List<String> sentences(Instant now) throws Exception {
        return files(now).expiry().stream().map(PrivateFiles.State::sentence).toList();
    }

    @Test
    void a_talosconfig_of_another_cluster_is_told() throws Exception {
        Files.copy(
                Path.of("src/test/resources/talos/basic-v1.9/talosconfig"),
                cluster.resolve("private/talosconfig"),
                java.nio.file.StandardCopyOption.REPLACE_EXISTING);
        assertThat(files().expiry().getFirst().sentence())
                .isEqualTo("talosconfig is of another cluster: renew it.");
    }

    @Test
    void the_cluster_is_added_to_the_owner_s_kubeconfig_and_nothing_else_changes()
            throws Exception {
        String before =
                """
                # mine, by hand
                apiVersion: v1
                clusters:
                - cluster:
                    server: https://work.example:6443   # the office
                  name: work
                contexts:
                - context: {cluster: work, user: me}
                  name: work

                # users below
                current-context: work
                kind: Config
                users:
                - name: me
                  user:
                    token: abc
                """;
        Path config = Files.writeString(dir.resolve("config"), before);
        PrivateFiles.Added added = files().mergeKubeconfig(config);
        assertThat(added.context()).isEqualTo("admin@attic");
        assertThat(added.backup().orElseThrow()).hasContent(before);
        String after = Files.readString(config);
        assertThat(after.lines().toList()).containsSubsequence(before.lines().toList());
        assertThat(after).contains("- name: attic\n  cluster:\n", "current-context: work");
        files().mergeKubeconfig(config);
        assertThat(config).hasContent(after);
    }

    @Test
    void another_cluster_of_the_same_name_is_not_replaced() throws Exception {
        Path config = dir.resolve("config");
        files().mergeKubeconfig(config);
        Files.writeString(
                config,
                Files.readString(config)
                        .replaceAll(
                                "authority-data: .{20}", "authority-data: AAAABBBBCCCCDDDDEEEE"));
        String before = Files.readString(config);
        assertThatThrownBy(() -> files().mergeKubeconfig(config))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().why())
                                        .isEqualTo(
                                                "In line 2: another cluster is called attic"
                                                        + " already."));
        assertThat(config).hasContent(before);
    }

    @Test
    void the_cluster_is_added_to_the_owner_s_talosconfig() throws Exception {
        Path config = dir.resolve("talos/config");
        Files.createDirectory(config.getParent());
        Files.copy(Path.of("src/test/resources/talos/basic-v1.9/talosconfig"), config);
        String before = Files.readString(config);
        files().mergeTalosconfig(config);
        assertThat(Files.readString(config)).startsWith(before).contains("    attic:\n");
        Path fresh = dir.resolve("none/config");
        files().mergeTalosconfig(fresh);
        assertThat(Files.readString(fresh)).startsWith("context: attic\ncontexts:\n    attic:\n");
    }
}
