package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.ISO_8859_1;

import dev.ichor.Gen;
import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Wire;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.tftp.TftpPacket;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.InputStream;
import java.net.Socket;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.ArrayDeque;
import java.util.ArrayList;
import java.util.Base64;
import java.util.Deque;
import java.util.HashSet;
import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.regex.MatchResult;
import java.util.regex.Pattern;

/// A cluster folder with its secrets, served in every way there is: whatever is asked, no eight
/// bytes in a row of a secret leave. The secrets are made for tests.
@Timeout(300)
class LeakTest {
    private static final Ip4 US = Ip4.of("127.0.0.1");
    private static final Mac NODE = Mac.of(Attacks.NODE);
    private static final Mac OWN = Mac.of(Attacks.OWN);
    private static final int AT_ONCE = 50;
    private static final Pattern VALUE = Pattern.compile("[A-Za-z0-9+/=_.]{16,}");
    private static final Path SECRETS = Path.of("src/test/resources/talos/multicp-vip-v1.13");

    @TempDir Path dir;

    private final Set<Long> secret = new HashSet<>();
    private final List<BootServer> servers = new ArrayList<>();

    @BeforeEach
    void start() throws IOException {
        Path root = dir.resolve("cluster");
        folder(root);
        Path boot = root.resolve("boot");
        Path assets = boot.resolve("assets");
        BootTree tree = BootTree.folder(boot, assets);
        serve(tree, Rules.folder(Approval.ASK), true);
        serve(tree, Rules.folder(Approval.ASK), false);
        serve(tree, Rules.folder(Approval.ALL), true);
        serve(tree, cluster(Checks.BOOT), true);
        serve(tree, cluster(Checks.CHAIN), true);
        // Not meant to be served, but somebody will.
        serve(BootTree.folder(root, assets), Rules.folder(Approval.ALL), true);
        serve(BootTree.folder(root, root), Rules.folder(Approval.ASK), true);
    }

    @AfterEach
    void stop() {
        servers.forEach(BootServer::close);
    }

    private static Rules cluster(Checks checks) {
        return new Rules(
                Approval.ASK,
                checks,
                mac -> Optional.of(Life.ALWAYS_NETBOOT),
                Rules.Store.forgetful(),
                () -> "token-0");
    }

    /// The one who asks is a machine of the plan, and approved: that must not give him another's.
    private void serve(BootTree tree, Rules rules, boolean armed) throws IOException {
        BootLog log = new BootLog();
        Gate gate =
                new Gate(
                        rules,
                        ip -> Optional.of(OWN),
                        rules.checks() == Checks.APPROVAL ? ConfigSource.NONE : this::config,
                        log,
                        InstantSource.system());
        Wire wire = new Wire(0, 0, 0, 0, 0, 0, List::of);
        Setup setup = new Setup(US, wire, DhcpRole.OFF, InstantSource.system(), m -> true);
        servers.add(BootServer.start(setup, tree, new Loaders(List.of()), gate, log));
        if (armed) {
            gate.arm();
        }
        gate.approve(NODE);
        gate.approve(OWN);
        log.listen(e -> {
            if (e instanceof BootEvent.WaitingForApproval || e instanceof BootEvent.Held) {
                Thread.ofVirtual().start(() -> gate.approve(OWN));
            }
        });
    }

    private Optional<byte[]> config(Mac mac) throws IOException {
        return Optional.of(
                mac.equals(NODE)
                        ? Files.readAllBytes(dir.resolve("cluster/private/configs/cp-1.yaml"))
                        : "machine: {}\n".getBytes(ISO_8859_1));
    }

    @Test
    void nothing_that_is_asked_by_http_gets_a_secret() throws Exception {
        Deque<String> waiting = new ArrayDeque<>();
        int[] asked = {0, 0};
        Gen.check(
                Gen.often(20_000, 100_000),
                gen -> {
                    waiting.add(Attacks.request(gen, dir.resolve("cluster").toString()));
                    if (waiting.size() == AT_ONCE) {
                        asked[0] += answered(waiting, servers.get(asked[1]++ % servers.size()));
                    }
                });
        while (!waiting.isEmpty()) {
            asked[0] += answered(waiting, servers.getFirst());
        }
        assertThat(asked[0]).isEqualTo(Gen.often(20_000, 100_000));
    }

    @Test
    void nothing_that_is_asked_by_tftp_gets_a_secret() throws Exception {
        for (BootServer server : servers) {
            Gen.check(
                    Gen.often(300, 10_000),
                    gen -> {
                        try (TftpClient client = new TftpClient(server.ports().tftp())) {
                            TftpPacket got = client.ask(TftpClient.read(Attacks.name(gen)));
                            assertNoSecret(got.toString().getBytes(ISO_8859_1), "TFTP");
                            if (got instanceof TftpPacket.Data(int block, byte[] data)) {
                                assertNoSecret(data, "TFTP");
                            }
                        }
                    });
        }
    }

    @Test
    void the_test_sees_a_secret_that_leaves() throws IOException {
        String leak = "x" + Files.readString(SECRETS.resolve("secrets.yaml")).substring(60, 120);
        assertThat(seen(leak.getBytes(ISO_8859_1))).isPositive();
    }

    /// Sends what waits in one go, and takes out of it what was answered: the server closes after a
    /// request it cannot read.
    private int answered(Deque<String> waiting, BootServer server) throws IOException {
        byte[] all;
        try (Socket s = new Socket(US.inet(), server.ports().http());
                InputStream in = s.getInputStream()) {
            s.setSoTimeout(60_000);
            s.getOutputStream().write(String.join("", waiting).getBytes(ISO_8859_1));
            s.shutdownOutput();
            all = in.readAllBytes();
        }
        assertNoSecret(all, String.join("", waiting));
        int answers = new String(all, ISO_8859_1).split("\r\nDate: ", -1).length - 1;
        assertThat(answers).as(String.join("", waiting)).isBetween(1, waiting.size());
        for (int n = 0; n < answers; n++) {
            waiting.poll();
        }
        return answers;
    }

    private void assertNoSecret(byte[] answer, String asked) {
        int at = seen(answer);
        String shown = new String(answer, ISO_8859_1).substring(Math.max(0, at - 500));
        assertThat(at).as(() -> shown + "\n\nto " + asked).isEqualTo(-1);
    }

    /// Where eight bytes of a secret are, or −1.
    private int seen(byte[] answer) {
        long window = 0;
        for (int i = 0; i < answer.length; i++) {
            window = window << 8 | answer[i] & 0xff;
            if (i >= 7 && secret.contains(window)) {
                return i - 7;
            }
        }
        return -1;
    }

    private void folder(Path root) throws IOException {
        write(root, ".gitignore", "private/\nlogs/\n");
        write(root, "cluster.json", "{}");
        write(root, "logs/boot.jsonl", "{}\n");
        remember(Files.readString(SECRETS.resolve("secrets.yaml")));
        remember(Files.readString(SECRETS.resolve("talosconfig")));
        for (String name : List.of("secrets.yaml", "talosconfig", "cp-1.yaml")) {
            String to = "private/" + (name.startsWith("cp") ? "configs/" : "") + name;
            write(root, to, Files.readString(SECRETS.resolve(name)));
        }
        String key = "MC4CAQAwBQYDK2VwBCIEIHRoaXMga2V5IGlzIG1hZGUgZm9yIGEgdGVzdA==";
        String pem = "-----BEGIN PRIVATE KEY-----\n" + key + "\n-----END PRIVATE KEY-----\n";
        String packed = Base64.getEncoder().encodeToString(pem.getBytes(ISO_8859_1));
        String admin = "current-context: a\nusers: [{user: {client-key-data: " + packed + "}}]\n";
        secret(root, "private/kubeconfig", admin);
        secret(root, "../outside/kubeconfig", admin);
        secret(
                root,
                "private/group.json",
                "{\"id\":\"s\",\"profile\":\"own\",\"selector\":{\"steal\":\"1\"},"
                        + "\"metadata\":{\"key\":\"AlsoASecretOfThisOwner\"}}");
        secret(root, "boot/assets/key.pem", pem);
        secret(root, "boot/assets/sub/deep.pem", pem.replace("PRIVATE", "EC PRIVATE"));
        secret(root, "boot/assets/id_ed25519", pem.replace("PRIVATE", "OPENSSH PRIVATE"));
        secret(root, "boot/assets/admin.txt", admin);
        secret(root, "boot/assets/packed.yaml", "certs:\n  os:\n    key: " + packed + "\n");
        secret(root, "boot/assets/big.txt", "nothing here\n".repeat(100_000) + pem);
        write(root, "boot/assets/vmlinuz", "MZ\0 not a kernel");
        write(root, "boot/groups/own.json", "{\"id\":\"own\",\"profile\":\"own\"}");
        write(
                root,
                "boot/groups/read.json",
                "{\"id\":\"read\",\"profile\":\"read\",\"selector\":{\"read\":\"1\"}}");
        write(
                root,
                "boot/profiles/own.json",
                "{\"id\":\"own\",\"boot\":{\"kernel\":\"/assets/vmlinuz\"},\"generic_id\":\"own\"}");
        write(
                root,
                "boot/profiles/read.json",
                "{\"id\":\"read\",\"generic_id\":\"stolen\",\"cloud_id\":\"../../private/talosconfig\","
                    + "\"ignition_id\":\"stolen.ign\"}");
        write(root, "boot/generic/own", "machine: {}\n");
        link(root, "boot/assets/tofile", "../../private/secrets.yaml");
        link(root, "boot/assets/todir", "../../private");
        link(root, "boot/assets/toroot", "../..");
        link(root, "boot/assets/tooutside", dir.toAbsolutePath().toString());
        link(root, "boot/groups/stolen.json", "../../private/group.json");
        link(root, "boot/profiles/stolen.json", "../../private/group.json");
        link(root, "boot/generic/stolen", "../../private/configs/cp-1.yaml");
        link(root, "boot/ignition/stolen.ign", "../../private/group.json");
    }

    private void secret(Path root, String name, String text) throws IOException {
        write(root, name, text);
        remember(text);
    }

    private void remember(String text) {
        for (String value : VALUE.matcher(text).results().map(MatchResult::group).toList()) {
            byte[] b = value.getBytes(ISO_8859_1);
            for (int i = 0; i + 8 <= b.length; i++) {
                long window = 0;
                for (int k = 0; k < 8; k++) {
                    window = window << 8 | b[i + k] & 0xff;
                }
                secret.add(window);
            }
        }
    }

    private static void write(Path root, String name, String text) throws IOException {
        Path file = root.resolve(name);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }

    private static void link(Path root, String name, String to) throws IOException {
        Path link = root.resolve(name);
        Files.createDirectories(link.getParent());
        Files.createSymbolicLink(link, Path.of(to));
    }
}
