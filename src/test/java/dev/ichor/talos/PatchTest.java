package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.cluster.ProblemException;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.MethodSource;

import java.util.List;
import java.util.stream.Stream;

/// Talos' rules of merging, seen one by one; [DifferentialTest] holds them against the real ones.
class PatchTest {
    private static String patched(String config, String... patches) throws ProblemException {
        List<Patch> all = Patches.load(List.of(patches));
        return Patch.apply(config, all);
    }

    @Test
    void lists_are_added_to_and_subnets_replaced() throws Exception {
        assertThat(
                        patched(
                                """
                                machine:
                                    certSANs: [a.lan]
                                cluster:
                                    network:
                                        podSubnets: [10.244.0.0/16]
                                """,
                                """
                                machine:
                                    certSANs: [b.lan]
                                cluster:
                                    network:
                                        podSubnets: [10.1.0.0/16]
                                """))
                .contains("certSANs:\n        - a.lan\n        - b.lan\n")
                .contains("podSubnets:\n            - 10.1.0.0/16\n")
                .doesNotContain("10.244.0.0/16");
    }

    @Test
    void a_link_is_merged_by_its_name_and_its_vlans_by_number() throws Exception {
        String link = "machine:\n  network:\n    interfaces:\n      - interface: eth0\n";
        assertThat(
                        patched(
                                link + "        vlans: [{vlanId: 7, mtu: 1400}]\n",
                                link
                                        + "        mtu: 9000\n"
                                        + "        vlans: [{vlanId: 7, dhcp: true}]\n",
                                "machine:\n  network:\n    interfaces: [{interface: eth1}]\n"))
                .contains(
                        """
                                interfaces:
                                    - interface: eth0
                                      vlans:
                                        - routes: []
                                          dhcp: true
                                          vlanId: 7
                                          mtu: 1400
                                      mtu: 9000
                                    - interface: eth1
                        """);
    }

    @Test
    void a_deletion_takes_a_mapping_a_document_or_an_entry_away() throws Exception {
        String config =
                """
                machine:
                    sysctls: {a: "1"}
                    network:
                        interfaces: [{interface: eth0}, {interface: eth1}]
                ---
                apiVersion: v1alpha1
                kind: HostnameConfig
                auto: stable
                """;
        assertThat(
                        patched(
                                config,
                                "machine:\n  sysctls:\n    $patch: delete\n",
                                "machine:\n  network:\n    interfaces:\n      - interface: eth0\n"
                                        + "        $patch: delete\n",
                                "apiVersion: v1alpha1\nkind: HostnameConfig\n$patch: delete\n"))
                .contains("- interface: eth1")
                .doesNotContain("sysctls", "eth0", "HostnameConfig");
    }

    @Test
    void documents_are_merged_by_kind_and_name_and_new_ones_come_last() throws Exception {
        String sink =
                "apiVersion: v1alpha1\nkind: KmsgLogConfig\nname: a\nurl: tcp://10.0.0.1:1/\n";
        assertThat(
                        patched(
                                "machine: {}\n---\n" + sink,
                                sink.replace("10.0.0.1", "10.0.0.2"),
                                sink.replace("name: a", "name: b")))
                .endsWith(
                        """
                        ---
                        apiVersion: v1alpha1
                        kind: KmsgLogConfig
                        name: a
                        url: tcp://10.0.0.2:1/
                        ---
                        apiVersion: v1alpha1
                        kind: KmsgLogConfig
                        name: b
                        url: tcp://10.0.0.1:1/
                        """);
    }

    @Test
    void a_json_patch_changes_a_config_of_one_document() throws Exception {
        assertThat(
                        patched(
                                "machine:\n    type: worker\n    certSANs: [a]\n",
                                "[{\"op\": \"test\", \"path\": \"/machine/type\", \"value\":"
                                        + " \"worker\"}, {\"op\": \"add\", \"path\":"
                                        + " \"/machine/certSANs/0\", \"value\": \"b\"}]"))
                .contains("certSANs:\n        - b\n        - a\n");
    }

    private static Stream<List<String>> refused() {
        return Stream.of(
                List.of(
                        "machine:\n  nonsense: 1\n",
                        "In line 2: Talos knows no key machine.nonsense."),
                List.of("machine:\n\tx: 1\n", "In line 2: a tab stands where YAML wants spaces."),
                List.of(
                        "machine:\n  env: {A: b}\n  env: {}\n",
                        "In line 3: the key \"env\" stands there twice."),
                List.of("machine:\n  certSANs: x\n", "In line 2: machine.certSANs is no list."),
                List.of(
                        "machine:\n  install:\n    wipe: perhaps\n",
                        "In line 3: machine.install.wipe is no true or false."),
                List.of(
                        "apiVersion: v1alpha1\nkind: Nonsense\n",
                        "In line 1: Talos knows no document of kind Nonsense."),
                List.of(
                        "x: 1\ny: 2\n",
                        "In line 1: a document says neither its kind nor machine or cluster."),
                List.of("machine:\n  env: *x\n", "In line 2: an alias has no anchor before it."),
                List.of(
                        "machine: {}\n---\nmachine: {}\n",
                        "In line 3: the document / stands there twice."),
                List.of("machine: [\n", "In line 2: that is no YAML."),
                List.of(
                        "machine:\n  env:\n    A: \"" + "x".repeat(10_000_000) + "\"\n",
                        "In line 1: the text is longer than 8 million characters."),
                List.of(laughs(), "In line 7: its aliases grow beyond all bounds."));
    }

    /// Nine lists, each of nine times the one before.
    private static String laughs() {
        StringBuilder s = new StringBuilder("a: &a [x, x, x, x, x, x, x, x, x]\n");
        for (char c = 'b'; c <= 'i'; c++) {
            String before = "*" + (char) (c - 1);
            s.append(c).append(": &").append(c).append(" [");
            s.append((before + ", ").repeat(8)).append(before).append("]\n");
        }
        return s.toString();
    }

    @ParameterizedTest
    @MethodSource("refused")
    void what_talos_would_not_take_is_told_with_its_line(List<String> patchAndWhy) {
        assertThatThrownBy(() -> Patch.parse(patchAndWhy.get(0), "p.yaml"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e -> {
                            assertThat(e.problem().what())
                                    .isEqualTo("The patch p.yaml cannot be used.");
                            assertThat(e.problem().why()).isEqualTo(patchAndWhy.get(1));
                        });
    }

    @Test
    void a_json_patch_is_no_use_where_a_config_has_several_documents() {
        String two = "machine: {}\n---\napiVersion: v1alpha1\nkind: HostnameConfig\nauto: stable\n";
        assertThatThrownBy(() -> patched(two, "[{\"op\": \"remove\", \"path\": \"/machine\"}]"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().why())
                                        .contains("not for configs of several documents"));
    }

    @Test
    void a_patch_that_finds_nothing_to_delete_is_told() {
        assertThatThrownBy(() ->
                        patched(
                                "machine: {}\n",
                                "machine:\n  sysctls:\n    a:\n      $patch: delete\n"))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().why())
                                        .isEqualTo(
                                                "Talos would refuse it: $patch: delete finds"
                                                        + " nothing at machine.sysctls.a."));
    }
}
