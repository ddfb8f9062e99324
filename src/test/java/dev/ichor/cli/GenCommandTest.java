package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

class GenCommandTest {
    private static final Path SECRETS = Path.of("src/test/resources/talos/sans-v1.13/secrets.yaml");

    @TempDir private Path dir;

    private record Result(int exit, String out, String err) {}

    private Result gen(String... more) {
        List<String> args = new ArrayList<>(List.of("gen", "attic", "https://192.168.1.20:6443"));
        args.addAll(List.of("--with-secrets", SECRETS.toString(), "--output", dir.toString()));
        args.addAll(List.of(more));
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit =
                Cli.run(
                        args.toArray(String[]::new),
                        new Nowhere(),
                        new PrintWriter(out),
                        new PrintWriter(err));
        return new Result(exit, out.toString(), err.toString());
    }

    private String file(String name) throws Exception {
        return Files.readString(dir.resolve(name));
    }

    @Test
    void every_flag_of_talosctl_says_what_it_says_there() throws Exception {
        Path patch = dir.resolve("p.yaml");
        Files.writeString(patch, "machine:\n  sysctls: {vm.swappiness: \"1\"}\n");
        Result r =
                gen(
                        "--talos-version=v1.11",
                        "--kubernetes-version=v1.34.1",
                        "--install-disk=/dev/mmcblk0",
                        "--install-image=f.example/m:1",
                        "--additional-sans=kube.lan,10.0.0.9",
                        "--dns-domain=lab.internal",
                        "--with-cluster-discovery=false",
                        "--talos-endpoints=10.0.0.1,10.0.0.2",
                        "--talos-nodes=10.0.0.3",
                        "--config-patch=@" + patch,
                        "--config-patch-control-plane={\"cluster\": {\"clusterName\": \"x\"}}",
                        "--config-patch-worker=machine:\n  nodeLabels: {a: b}",
                        "--config-patch-worker=machine:\n  nodeLabels: {c: d}",
                        "--machine=wk-1:worker:@" + patch,
                        "--machine=cp-1:controlplane");
        assertThat(r.err()).isEmpty();
        assertThat(r.exit()).isZero();
        assertThat(r.out().lines())
                .containsExactly(
                        "wrote " + dir.resolve("controlplane.yaml"),
                        "wrote " + dir.resolve("worker.yaml"),
                        "wrote " + dir.resolve("talosconfig"),
                        "wrote " + dir.resolve("wk-1.yaml"),
                        "wrote " + dir.resolve("cp-1.yaml"));
        assertThat(file("controlplane.yaml"))
                .contains("clusterName: x", "vm.swappiness: \"1\"", "kube-apiserver:v1.34.1")
                .contains("disk: /dev/mmcblk0", "image: f.example/m:1", "dnsDomain: lab.internal")
                .contains("- kube.lan", "stableHostname: true")
                .contains("discovery:\n        enabled: false\n");
        assertThat(file("worker.yaml")).contains("a: b\n", "c: d\n", "clusterName: attic");
        assertThat(file("wk-1.yaml")).contains("hostname: wk-1", "c: d\n", "type: worker");
        assertThat(file("cp-1.yaml")).contains("hostname: cp-1", "type: controlplane");
        assertThat(file("talosconfig"))
                .contains(
                        "- 10.0.0.1\n"
                                + "            - 10.0.0.2\n"
                                + "        nodes:\n"
                                + "            - 10.0.0.3");
    }

    @Test
    void the_same_secrets_and_inputs_give_the_same_bytes() throws Exception {
        assertThat(gen().exit()).isZero();
        String first = file("controlplane.yaml") + file("worker.yaml");
        assertThat(gen("--force").exit()).isZero();
        assertThat(file("controlplane.yaml") + file("worker.yaml")).isEqualTo(first);
    }

    @Test
    void files_are_replaced_with_force_only_and_all_or_none() throws Exception {
        Files.writeString(dir.resolve("worker.yaml"), "mine");
        Result r = gen();
        assertThat(r.exit()).isEqualTo(Cli.PROBLEM);
        assertThat(r.err()).contains(dir.resolve("worker.yaml") + " exists already.");
        assertThat(dir.resolve("controlplane.yaml")).doesNotExist();

        r = gen("--force", "--config-patch=machine:\n  nonsense: 1\n");
        assertThat(r.err())
                .contains("The patch on the command line cannot be used.")
                .contains("In line 2: Talos knows no key machine.nonsense.");
        assertThat(file("worker.yaml")).isEqualTo("mine");

        assertThat(gen("--force").exit()).isZero();
        assertThat(file("worker.yaml")).startsWith("version: v1alpha1");
    }

    @Test
    void secrets_are_never_replaced() throws Exception {
        Files.writeString(dir.resolve("secrets.yaml"), "mine");
        StringWriter err = new StringWriter();
        int exit =
                Cli.run(
                        new String[] {
                            "gen",
                            "a",
                            "https://10.0.0.1:6443",
                            "--force",
                            "--output",
                            dir.toString()
                        },
                        new Nowhere(),
                        new PrintWriter(new StringWriter()),
                        new PrintWriter(err));
        assertThat(exit).isEqualTo(Cli.PROBLEM);
        assertThat(err.toString())
                .contains("Whoever replaces a cluster's secrets loses the cluster.");
        assertThat(file("secrets.yaml")).isEqualTo("mine");
    }

    @Test
    void a_newer_talos_gets_the_newest_form_and_is_told_so() throws Exception {
        Result r = gen("--talos-version=v1.14.0");
        assertThat(r.exit()).isZero();
        assertThat(r.err())
                .isEqualTo(
                        "Talos v1.14.0 is newer than this program; the configs are written as for"
                                + " v1.13, which newer Talos reads too.\n");
        String newer = file("worker.yaml");
        assertThat(gen("--force", "--talos-version=v1.13.9").exit()).isZero();
        assertThat(newer).isEqualTo(file("worker.yaml").replace("v1.13.9", "v1.14.0"));
    }

    @Test
    void what_is_mistyped_is_told() {
        assertThat(gen("--machine=x:king").err()).contains("ROLE is controlplane or worker.");
        assertThat(gen("--machine=worker:worker").err()).contains("The name worker is taken.");
        assertThat(gen("--config-patch=@none.yaml").err()).contains("There is no such file.");
        assertThat(gen("--talos-version=1.2").err()).contains("It knows v1.9 and later.");
    }
}
