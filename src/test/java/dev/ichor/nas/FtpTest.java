package dev.ichor.nas;

import static dev.ichor.nas.Refused.refused;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.DeployReport;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;
import java.util.SplittableRandom;

@Timeout(180)
class FtpTest {
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
    void copies_a_tree_over_tls_and_only_what_differs_the_second_time() throws Exception {
        Path folder = share.resolve("match box");
        try (Vsftpd server = Vsftpd.start(home, true);
                Nas nas = connect(server.target(folder), Vsftpd.PASSWORD)) {
            assertThat(nas.hostKey()).matches("([0-9A-F]{2}:){31}[0-9A-F]{2}");
            assertThat(nas.deploy(tree("{}"), Amount.IGNORE))
                    .isEqualTo(new DeployReport(2, 0, 0, KERNEL_SIZE + 2));
            assertThat(folder.resolve("assets/talos/vmlinuz")).hasSameBinaryContentAs(kernel);
            assertThat(nas.plan(tree("{}")).bytes()).isZero();
            assertThat(nas.deploy(tree("[1]"), Amount.IGNORE))
                    .isEqualTo(new DeployReport(1, 1, 0, 3));
            assertThat(folder.resolve(GROUP)).hasContent("[1]");
            nas.undo();
            assertThat(folder.resolve(GROUP)).hasContent("{}");
        }
    }

    @Test
    void a_nas_that_goes_away_leaves_the_old_file_whole_and_the_next_time_goes_on()
            throws Exception {
        Files.createDirectories(share.resolve("assets/talos"));
        Files.writeString(share.resolve("assets/talos/vmlinuz"), "old");
        try (Vsftpd server = Vsftpd.start(home, true);
                Nas nas = connect(server.target(share), Vsftpd.PASSWORD)) {
            Problem problem =
                    refused(() ->
                            nas.deploy(
                                    tree("{}"),
                                    a -> {
                                        if (a.done() > KERNEL_SIZE / 2) {
                                            server.kill();
                                        }
                                    }));
            assertThat(problem.why()).isEqualTo("The connection to the NAS broke off.");
            assertThat(share.resolve("assets/talos/vmlinuz")).hasContent("old");
        }
        long there = Files.size(share.resolve("assets/talos/vmlinuz.part"));
        assertThat(there).isBetween(1L << 20, KERNEL_SIZE - 1L);
        try (Vsftpd server = Vsftpd.start(home, true);
                Nas nas = connect(server.target(share), Vsftpd.PASSWORD)) {
            assertThat(nas.deploy(tree("{}"), Amount.IGNORE).bytes())
                    .isEqualTo(KERNEL_SIZE - there + 2);
            assertThat(share.resolve("assets/talos/vmlinuz")).hasSameBinaryContentAs(kernel);
        }
    }

    @Test
    void a_certificate_that_changed_is_refused_and_both_are_shown() throws Exception {
        String first;
        try (Vsftpd server = Vsftpd.start(home, true);
                Nas nas = connect(server.target(share), Vsftpd.PASSWORD)) {
            first = String.valueOf(nas.hostKey());
        }
        Vsftpd.certificate(home);
        try (Vsftpd server = Vsftpd.start(home, true)) {
            Problem problem =
                    refused(() -> connect(server.target(share).pinned(first), Vsftpd.PASSWORD));
            assertThat(problem.what()).isEqualTo("The certificate of 127.0.0.1 has changed.");
            assertThat(problem.why()).contains("Known is " + first + ", it now shows ");
        }
    }

    @Test
    void a_wrong_password_is_tried_once() throws Exception {
        try (Vsftpd server = Vsftpd.start(home, true)) {
            assertThat(refused(() -> connect(server.target(share), "wrong")).what())
                    .isEqualTo("127.0.0.1 refuses to let ichor-test in.");
            assertThat(Files.readString(home.resolve("vsftpd.log"))).containsOnlyOnce("FAIL LOGIN");
        }
    }

    @Test
    void a_server_without_tls_gets_no_password_unless_the_owner_says_so() throws Exception {
        try (Vsftpd server = Vsftpd.start(home, false)) {
            NasTarget clear = server.target(share);
            NasTarget wanted =
                    new NasTarget(
                            "ftps://127.0.0.1",
                            clear.port(),
                            clear.user(),
                            clear.folder(),
                            null,
                            clear.httpBase());
            assertThat(refused(() -> connect(wanted, Vsftpd.PASSWORD)).what())
                    .isEqualTo("127.0.0.1 offers no FTP over TLS.");
            List<String> asked = new ArrayList<>();
            assertThat(
                            refused(() ->
                                            Nas.connect(
                                                    clear,
                                                    new Access.Password(() -> {
                                                        throw new AssertionError("asked for it");
                                                    }),
                                                    said -> !asked.add(said)))
                                    .what())
                    .isEqualTo("Nothing was sent to 127.0.0.1.");
            assertThat(asked)
                    .containsExactly("none: FTP without TLS sends the password in the clear");
            try (Nas nas = connect(clear, Vsftpd.PASSWORD)) {
                assertThat(nas.deploy(tree("{}"), Amount.IGNORE).copied()).isEqualTo(2);
            }
        }
    }

    @Test
    void a_folder_that_may_not_be_written_is_said_so() throws Exception {
        try (Vsftpd server = Vsftpd.start(home, true, "cmds_denied=STOR,MKD");
                Nas nas = connect(server.target(share), Vsftpd.PASSWORD)) {
            assertThat(refused(() -> nas.deploy(tree("{}"), Amount.IGNORE)).why())
                    .contains("read-only");
        }
    }

    @Test
    void what_lies_beyond_four_gigabytes_lands_where_it_belongs() throws Exception {
        try (Vsftpd server = Vsftpd.start(home, true);
                Nas nas = connect(server.target(share), Vsftpd.PASSWORD)) {
            FarEnd.check(nas.remote, share);
        }
    }

    @Test
    void nobody_there_is_said_so() {
        NasTarget none =
                new NasTarget("ftps://127.0.0.1", 1, "root", "/x", null, "http://127.0.0.1:8080");
        assertThat(refused(() -> connect(none, "x")).what())
                .isEqualTo("127.0.0.1 does not answer FTP on port 1.");
    }

    private static Nas connect(NasTarget target, String password) throws Exception {
        return Nas.connect(target, new Access.Password(password::toCharArray), key -> true);
    }

    private BootTree tree(String group) throws IOException {
        return BootTree.of(
                Map.of(
                        "assets/talos/vmlinuz",
                        Content.File.at(kernel),
                        GROUP,
                        new Content.Text(group)));
    }
}
