package dev.ichor.nas;

import static dev.ichor.nas.Refused.refused;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.HexFormat;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;
import java.util.stream.Stream;

class SmbTest {
    private static final int KERNEL_SIZE = 12_000_000;
    private static final String GROUP = "groups/größe 1.json";

    @TempDir Path home;
    @TempDir Path share;
    @TempDir Path here;
    private Path kernel;

    @BeforeEach
    void prepare() throws IOException {
        byte[] bytes = new byte[KERNEL_SIZE];
        new SplittableRandom(1).nextBytes(bytes);
        kernel = Files.write(here.resolve("vmlinuz"), bytes);
    }

    @Test
    void copies_a_tree_signed_and_only_what_differs_the_second_time() throws Exception {
        try (Samba samba = samba("server signing = mandatory");
                Nas nas = connect(samba.target("/docker/match box"))) {
            assertThat(nas.deploy(tree("{}"), Amount.IGNORE))
                    .isEqualTo(new DeployReport(2, 0, 0, KERNEL_SIZE + 2));

            assertThat(share.resolve("match box/assets/talos/vmlinuz"))
                    .hasSameBinaryContentAs(kernel);
            assertThat(onNas())
                    .containsExactly(
                            "match box/.ichor-before.json",
                            "match box/.ichor-manifest.json",
                            "match box/assets/talos/vmlinuz",
                            "match box/" + GROUP);
            DeployPlan second = nas.plan(tree("{}"));
            assertThat(second.bytes()).isZero();
            assertThat(second.keep()).containsExactly("assets/talos/vmlinuz", GROUP);
            assertThat(nas.deploy(tree("[1]"), Amount.IGNORE))
                    .isEqualTo(new DeployReport(1, 1, 0, 3));
            assertThat(share.resolve("match box/" + GROUP)).hasContent("[1]");
        }
    }

    @Test
    void copies_to_a_nas_that_demands_encryption() throws Exception {
        try (Samba samba = samba("smb encrypt = required", "server min protocol = SMB3");
                Nas nas = connect(samba.target("/docker"))) {
            nas.deploy(tree("{}"), Amount.IGNORE);

            assertThat(share.resolve("assets/talos/vmlinuz")).hasSameBinaryContentAs(kernel);
        }
    }

    @Test
    void a_nas_that_goes_away_leaves_the_old_file_whole_and_the_next_time_goes_on()
            throws Exception {
        Files.createDirectories(share.resolve("assets/talos"));
        Files.writeString(share.resolve("assets/talos/vmlinuz"), "old");
        try (Samba samba = samba();
                Nas nas = connect(samba.target("/docker"))) {
            Problem problem =
                    refused(() ->
                            nas.deploy(
                                    tree("{}"),
                                    a -> {
                                        if (a.done() > KERNEL_SIZE / 2) {
                                            samba.kill();
                                        }
                                    }));

            assertThat(problem.why()).isEqualTo("The connection to the NAS broke off.");
            assertThat(share.resolve("assets/talos/vmlinuz")).hasContent("old");
        }
        long there = Files.size(share.resolve("assets/talos/vmlinuz.part"));
        try (Samba samba = samba();
                Nas nas = connect(samba.target("/docker"))) {
            assertThat(nas.deploy(tree("{}"), Amount.IGNORE).bytes())
                    .isEqualTo(KERNEL_SIZE - Math.max(0, there - SmbBlocks.UNDER_WAY) + 2);

            assertThat(onNas())
                    .containsExactly(
                            ".ichor-before.json",
                            ".ichor-before/assets/talos/vmlinuz",
                            ".ichor-manifest.json",
                            "assets/talos/vmlinuz",
                            GROUP);
        }
    }

    @Test
    void a_read_only_share_is_said_so() throws Exception {
        try (Samba samba = samba();
                Nas nas = connect(samba.target("/readonly/x"))) {
            assertThat(refused(() -> nas.deploy(tree("{}"), Amount.IGNORE)).why())
                    .contains("read-only");
        }
    }

    @Test
    void a_share_that_is_not_there_is_said_so() throws Exception {
        try (Samba samba = samba()) {
            assertThat(refused(() -> connect(samba.target("/films"))).what())
                    .isEqualTo("127.0.0.1 does not give root the share films.");
        }
    }

    @Test
    void a_wrong_password_is_tried_once() throws Exception {
        try (Samba samba = samba("log level = 1 auth_audit:3")) {
            assertThat(refused(() -> connect(samba.target("/docker"), "wrong")).what())
                    .isEqualTo("127.0.0.1 refuses to let root in.");
            assertThat(logins()).hasSize(1);
        }
    }

    @Test
    void where_the_nas_lets_anything_pass_we_still_sign_and_log_in_by_ntlm_2() throws Exception {
        try (Samba samba =
                        samba(
                                "server signing = disabled",
                                "ntlm auth = ntlmv1-permitted",
                                "log level = 1 auth_audit:3");
                Nas nas = connect(samba.target("/docker"))) {
            nas.deploy(tree("{}"), Amount.IGNORE);

            assertThat(logins())
                    .singleElement()
                    .asString()
                    .contains("with [NTLMv2]", "NT_STATUS_OK");
            assertThat(samba.status()).containsPattern("SMB3_11 +- +(partial\\()?AES-128-[CG]MAC");
        }
    }

    /// What Samba tells of those who wanted in.
    private List<String> logins() throws IOException {
        return Files.readAllLines(home.resolve("smbd.log")).stream()
                .filter(l -> l.contains("Auth: ["))
                .toList();
    }

    @Test
    void what_lies_beyond_four_gigabytes_lands_where_it_belongs() throws Exception {
        try (Samba samba = samba();
                Nas nas = connect(samba.target("/docker"))) {
            FarEnd.check(nas.remote, share);
        }
    }

    @Test
    void a_guest_is_refused() throws Exception {
        try (Samba samba = samba("map to guest = Bad Password", "guest account = nobody")) {
            Problem problem = refused(() -> connect(samba.target("/docker"), "wrong"));

            assertThat(problem.remedy()).containsIgnoringCase("switch guest access off");
        }
    }

    @Test
    void a_nas_that_knows_smb_1_only_is_refused() throws Exception {
        try (Samba samba = samba("server min protocol = NT1", "server max protocol = NT1")) {
            assertThat(refused(() -> connect(samba.target("/docker"))).what())
                    .isEqualTo("127.0.0.1 does not speak SMB 2 or 3.");
        }
    }

    @Test
    void signs_as_rfc_4493_shows() throws Exception {
        byte[] text =
                hex(
                        "6bc1bee22e409f96e93d7e117393172aae2d8a571e03ac9c9eb76fac45af8e51"
                            + "30c81c46a35ce411e5fbc1191a0a52eff69f2445df4f9b17ad2b417be66c3710");
        AesCmac mac = new AesCmac();
        mac.init(hex("2b7e151628aed2a6abf7158809cf4f3c"));
        for (var e :
                Map.of(
                                0, "bb1d6929e95937287fa37d129b756746",
                                16, "070a16b46b4d4144f79bdd9dd04a287c",
                                40, "dfa66747de9ae63030ca32611497c827",
                                64, "51f0bebf7e3b9d92fc49741779363cfe")
                        .entrySet()) {
            mac.update(text, 0, Math.min(e.getKey(), 7));
            mac.update(text, Math.min(e.getKey(), 7), Math.max(e.getKey() - 7, 0));
            assertThat(mac.doFinal()).isEqualTo(hex(e.getValue()));
        }
    }

    private static byte[] hex(String text) {
        return HexFormat.of().parseHex(text);
    }

    private Samba samba(String... more) throws Exception {
        return Samba.start(home, share, List.of(more));
    }

    private static Nas connect(NasTarget target) throws IOException, InterruptedException {
        return connect(target, Samba.PASSWORD);
    }

    private static Nas connect(NasTarget target, String password)
            throws IOException, InterruptedException {
        return Nas.connect(target, new Access.Password(password::toCharArray), key -> false);
    }

    private BootTree tree(String group) throws IOException {
        return BootTree.of(
                Map.of(
                        "assets/talos/vmlinuz",
                        Content.File.at(kernel),
                        GROUP,
                        new Content.Text(group)));
    }

    private List<String> onNas() throws IOException {
        try (Stream<Path> files = Files.walk(share)) {
            return files.filter(Files::isRegularFile)
                    .map(f -> share.relativize(f).toString())
                    .sorted()
                    .toList();
        }
    }
}
