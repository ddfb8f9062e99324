package dev.ichor.talos;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.TalosVersion;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.TreeMap;

/// What is written for inputs made at random is, byte for byte, what the real Talos machinery
/// writes; what it refuses is refused. `-Ddifferential=N` runs N cases, `-Dseed=S` begins at
/// another one.
class DifferentialTest {
    private static final int CASES = Integer.getInteger("differential", 60);
    private static final long SEED = Long.getLong("seed", 1);
    private static final Path SECRETS = Path.of("src/test/resources/talos/sans-v1.13/secrets.yaml");

    /// One case.
    ///
    /// @param machine the host name, or empty for a config of many machines; the machinery is told
    ///   it by a patch before all others
    /// @param patches for all, for control planes, for workers
    private record Case(Map<String, Object> inputs, String machine, List<List<String>> patches) {
        /// The machinery adds a deletion that finds nothing as a document, and the next deletion
        /// takes that away again: by accident it is no error then.
        boolean deletesTwice() {
            return patches.stream()
                            .flatMap(List::stream)
                            .filter(p -> p.contains("\nkind: HostnameConfig\n$patch: delete"))
                            .count()
                    > 1;
        }

        List<String> of(Role role) {
            List<String> all = new ArrayList<>(patches.get(0));
            all.addAll(patches.get(role == Role.WORKER ? 2 : 1));
            return all;
        }
    }

    @Test
    void random_inputs_give_the_machinery_s_bytes(@TempDir Path dir) throws Exception {
        Path program = Oracle.program("talos-gen");
        Secrets secrets = SecretsFile.read(SECRETS);
        int refused = 0;
        Map<String, Integer> equal = new TreeMap<>();
        for (long seed = SEED; seed < SEED + CASES; seed++) {
            Case c = made(new SplittableRandom(seed));
            Path in = dir.resolve("inputs.json");
            Files.writeString(in, JsonMapper.shared().writeValueAsString(c.inputs()));
            Path out = dir.resolve("out");
            Oracle.Result judge =
                    Oracle.run(program, "-inputs", in, "-secrets", SECRETS, "-out", out);
            String shown =
                    "seed " + seed + "\n" + JsonMapper.shared().writeValueAsString(c.inputs());
            if (c.deletesTwice()) {
                continue;
            }
            if (judge.exit() != 0 || nonsense(out)) {
                refused++;
                assertThat(refuses(c, secrets)).as(shown + "\n" + judge.output()).isTrue();
                continue;
            }
            for (Role role : Role.values()) {
                String ours = accepted(shown, c, secrets, role);
                String theirs = Files.readString(out.resolve(file(role)));
                if (!ours.equals(theirs)) {
                    theirs = alone(c, role, program, dir);
                }
                assertSame(role + " " + shown, ours, theirs);
            }
            equal.merge(String.valueOf(c.inputs().get("talosVersion")), 1, Integer::sum);
        }
        System.out.println("the machinery's bytes: " + equal + ", refused by both: " + refused);
        assertThat(refused).as("cases that the machinery refuses").isLessThan(CASES / 2);
    }

    /// A role's config without the other's patches: the machinery lets those write into a patch for
    /// all that both configs share, where both name the same switch.
    private static String alone(Case c, Role role, Path program, Path dir) throws Exception {
        Map<String, Object> inputs = new LinkedHashMap<>(c.inputs());
        inputs.put(role == Role.WORKER ? "patchesControlPlane" : "patchesWorker", List.of());
        Path in = dir.resolve("alone.json");
        Files.writeString(in, JsonMapper.shared().writeValueAsString(inputs));
        Path out = dir.resolve("alone");
        Oracle.run(program, "-inputs", in, "-secrets", SECRETS, "-out", out);
        return Files.readString(out.resolve(file(role)));
    }

    private static String file(Role role) {
        return role == Role.WORKER ? "worker.yaml" : "controlplane.yaml";
    }

    /// The machinery writes an empty document, which no node loads, for a deletion that finds none.
    private static boolean nonsense(Path out) throws IOException {
        return Files.readString(out.resolve("controlplane.yaml")).contains("---\n{}\n")
                || Files.readString(out.resolve("worker.yaml")).contains("---\n{}\n");
    }

    private static String accepted(String shown, Case c, Secrets secrets, Role role) {
        try {
            return ours(c, secrets, role);
        } catch (ProblemException e) {
            throw new AssertionError(shown + "\nis refused: " + e.problem(), e);
        }
    }

    /// Shows the first line that differs, not two whole configs.
    private static void assertSame(String shown, String ours, String theirs) {
        if (!ours.equals(theirs)) {
            List<String> a = ours.lines().toList();
            List<String> b = theirs.lines().toList();
            int i = 0;
            while (i < a.size() && i < b.size() && a.get(i).equals(b.get(i))) {
                i++;
            }
            List<String> got = a.subList(Math.max(0, i - 3), Math.min(a.size(), i + 4));
            List<String> expected = b.subList(Math.max(0, i - 3), Math.min(b.size(), i + 4));
            assertThat(got).as(shown + "\nfrom line " + (i + 1)).isEqualTo(expected);
        }
    }

    @Test
    void the_table_of_keys_is_the_library_s() throws Exception {
        Oracle.Result keys = Oracle.run(Oracle.program("talos-schema"));
        assertThat(Path.of("src/main/resources/dev/ichor/talos/machinery.txt"))
                .hasContent(keys.output());
    }

    private static boolean refuses(Case c, Secrets secrets) {
        try {
            ours(c, secrets, Role.CONTROL_PLANE);
            ours(c, secrets, Role.WORKER);
            return false;
        } catch (ProblemException e) {
            return true;
        }
    }

    private static String ours(Case c, Secrets secrets, Role role) throws ProblemException {
        List<Patch> patches = new ArrayList<>();
        for (String text : c.of(role)) {
            patches.add(Patch.parse(text, "given"));
        }
        Vectors vectors = new Vectors(SECRETS, JsonMapper.shared().valueToTree(c.inputs()));
        GenInput input = vectors.input();
        String config =
                c.machine().isEmpty()
                        ? MachineConfigs.base(input, secrets, role)
                        : MachineConfigs.named(input, secrets, role, c.machine());
        return Patch.apply(config, patches);
    }

    /// How talosctl's users name a machine.
    private static List<String> naming(String machine, Object talos) {
        if (machine.isEmpty()) {
            return List.of();
        }
        return TalosVersion.of(talos.toString()).atLeast(1, 12)
                ? List.of(
                        "apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: "
                                + machine
                                + "\n")
                : List.of("machine:\n  network:\n    hostname: " + machine + "\n");
    }

    private static Case made(SplittableRandom r) {
        Map<String, Object> in = new LinkedHashMap<>();
        in.put("clusterName", pick(r, "homelab", "attic-7", "a", "on", "1e3"));
        in.put(
                "endpoint",
                pick(
                        r,
                        "https://192.168.1.20:6443",
                        "https://kube.lan",
                        "https://[fd00:1::60]:6443",
                        "https://10.0.0.1:443",
                        "https://a_b.lan:8443",
                        "https://kube.lan:6443/path"));
        in.put(
                "talosVersion",
                pick(r, "v1.9.0", "v1.9.5", "v1.10.0", "v1.11.3", "v1.12.0", "v1.13.9"));
        in.put("kubernetesVersion", pick(r, "1.32.0", "1.33.1", "1.36.3"));
        in.put("installDisk", pick(r, "/dev/sda", "/dev/mmcblk0", "/dev/disk/by-id/a:b"));
        in.put("installImage", pick(r, "ghcr.io/siderolabs/installer:v1.13.9", "f.example/m:1"));
        in.put(
                "additionalSANs",
                r.nextBoolean()
                        ? List.of()
                        : List.of(pick(r, "kube.lan", "on", "::1"), "10.9.9.9"));
        in.put("dnsDomain", pick(r, "cluster.local", "lab.internal"));
        in.put("allowSchedulingOnControlPlanes", r.nextBoolean());
        in.put("discovery", r.nextInt(4) > 0);
        List<List<String>> patches = List.of(patches(r, 3), patches(r, 2), patches(r, 2));
        String machine = r.nextBoolean() ? "" : pick(r, "cp-1", "futro-12", "a");
        List<String> forAll = new ArrayList<>(naming(machine, in.get("talosVersion")));
        forAll.addAll(patches.get(0));
        in.put("patches", forAll);
        in.put("patchesControlPlane", patches.get(1));
        in.put("patchesWorker", patches.get(2));
        return new Case(in, machine, patches);
    }

    private static List<String> patches(SplittableRandom r, int below) {
        List<String> patches = new ArrayList<>();
        RandomPatch random = new RandomPatch(r);
        for (int i = r.nextInt(below); i > 0; i--) {
            patches.add(r.nextInt(4) == 0 ? pick(r, FIXED) : random.text());
        }
        return patches;
    }

    private static String pick(SplittableRandom r, String... of) {
        return of[r.nextInt(of.length)];
    }

    /// What is seldom made up: deletions, keyed lists, JSON patches, what must be refused.
    private static final String[] FIXED = {
        "machine:\n  features:\n    kubePrism:\n      $patch: delete\n",
        "machine:\n  install:\n    wipe: true\n    disk: /dev/vda\n",
        "apiVersion: v1alpha1\nkind: HostnameConfig\n$patch: delete\n",
        "apiVersion: v1alpha1\nkind: HostnameConfig\nauto: off\nhostname: x\n",
        "cluster:\n  network:\n    podSubnets: [10.1.0.0/16]\n",
        "cluster:\n"
                + "  apiServer:\n"
                + "    admissionControl:\n"
                + "      - name: PodSecurity\n"
                + "        $patch: delete\n",
        "cluster:\n"
                + "  apiServer:\n"
                + "    admissionControl:\n"
                + "      - name: PodSecurity\n"
                + "        configuration:\n"
                + "          defaults:\n"
                + "            enforce: privileged\n",
        "cluster:\n  apiServer:\n    auditPolicy:\n      rules: []\n",
        "machine:\n"
                + "  network:\n"
                + "    interfaces:\n"
                + "      - interface: eth0\n"
                + "        dhcp: true\n"
                + "        vlans:\n"
                + "          - vlanId: 7\n"
                + "            mtu: 1400\n",
        "machine:\n"
                + "  network:\n"
                + "    interfaces:\n"
                + "      - interface: eth0\n"
                + "        mtu: 9000\n"
                + "        vlans:\n"
                + "          - vlanId: 7\n"
                + "            addresses: [10.7.0.1/24]\n"
                + "          - vlanId: 8\n",
        "machine:\n"
                + "  network:\n"
                + "    interfaces:\n"
                + "      - deviceSelector:\n"
                + "          hardwareAddr: 'aa:*'\n"
                + "        addresses: [10.7.0.1/24]\n",
        "machine:\n"
                + "  network:\n"
                + "    interfaces:\n"
                + "      - deviceSelector:\n"
                + "          physical: true\n"
                + "        dhcp: true\n",
        "[{\"op\": \"add\", \"path\": \"/machine/certSANs/-\", \"value\": \"x.lan\"}]",
        "- op: replace\n"
                + "  path: /machine/install/disk\n"
                + "  value: /dev/vdb\n"
                + "- op: remove\n"
                + "  path: /machine/kubelet/image\n",
        "- op: test\n  path: /machine/type\n  value: worker\n",
        "machine:\n  nonsense: 1\n",
        "machine:\n  certSANs: x\n",
        "machine:\n\tcertSANs: []\n",
        "machine:\n  env:\n    A: b\n    A: c\n",
        "x: 1\n",
        "apiVersion: v1alpha1\nkind: Nonsense\n",
        "machine: &m\n  sysctls: &s\n    a: \"1\"\n  sysfs: *s\n",
        "machine:\n  sysctls:\n    net.ipv4.ip_forward: 1\n    b: yes\n",
    };
}
