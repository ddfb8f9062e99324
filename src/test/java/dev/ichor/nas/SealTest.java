package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.SealReport;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.Set;

@Timeout(180)
class SealTest {
    private static final Set<String> NAMES = Set.of("control-1.yaml");
    private static final BootTree CONFIGS =
            BootTree.of(
                    Map.of(
                            "generic/control-1.yaml",
                            new Content.Text("secret"),
                            "groups/a.json",
                            new Content.Text("{}")));

    @TempDir Path home;
    @TempDir Path share;

    @BeforeEach
    void what_a_nas_keeps() throws IOException {
        write("#recycle/match box/generic/control-1.yaml", "secret of an earlier copying");
        write("#recycle/Copy #1 of control-1.yaml", "secret");
        write("#recycle/photo.jpg", "the owner's");
        write("#recycle/control-1.yaml.bak", "the owner's");
        write("#snapshot/GMT+01-2026.11.25-08.00.01/x", "");
        write("match box/generic/mine.yaml", "the owner's");
    }

    @Test
    void by_sftp_configs_and_their_copies_go_and_snapshots_are_named() throws Exception {
        try (Sshd sshd = Sshd.start(home);
                Nas nas =
                        Nas.connect(
                                sshd.target(share.resolve("match box"), null),
                                sshd.key(),
                                key -> true)) {
            nas.deploy(CONFIGS, Amount.IGNORE);
            assertSealed(nas.seal(NAMES));
        }
    }

    @Test
    void a_recycle_bin_that_only_the_administrator_may_look_into_is_told() throws Exception {
        assumeTrue(System.getProperty("user.name").equals("root"), "skipped: needs root");
        for (Path above = share; above != null; above = above.getParent()) {
            assumeTrue(Files.isReadable(above), "skipped: the folder cannot be opened to others");
        }
        Files.createDirectories(share.resolve("match box"));
        run("chown", "-R", "65534", home.toString(), share.toString());
        run("chown", "-R", "root", share.resolve("#recycle").toString(), home.toString());
        run("chmod", "755", share.toString());
        run("chmod", "700", share.resolve("#recycle").toString());
        String server =
                "ForceCommand /usr/bin/setpriv --reuid=65534 --regid=65534 --clear-groups"
                        + " /usr/lib/openssh/sftp-server";
        try (Sshd sshd = Sshd.start(home, server);
                Nas nas =
                        Nas.connect(
                                sshd.target(share.resolve("match box"), null),
                                sshd.key(),
                                key -> true)) {
            SealReport report = nas.seal(NAMES);

            assertThat(report.closed()).containsExactly("../#recycle/");
            assertThat(report.complete()).isFalse();
        }
    }

    private static void run(String... command) throws Exception {
        assertThat(new ProcessBuilder(command).inheritIO().start().waitFor()).isZero();
    }

    @Test
    void by_smb_what_its_recycle_bin_catches_holds_nothing() throws Exception {
        assumeTrue(
                Files.exists(Path.of("/usr/lib/x86_64-linux-gnu/samba/vfs/recycle.so")),
                "skipped: needs Debian package samba-vfs-modules");
        List<String> bin =
                List.of(
                        "vfs objects = recycle",
                        "recycle:repository = #recycle",
                        "recycle:keeptree = yes",
                        "recycle:versions = yes");
        try (Samba samba = Samba.start(home, share, bin);
                Nas nas =
                        Nas.connect(
                                samba.target("/docker/match box"),
                                new Access.Password(Samba.PASSWORD::toCharArray),
                                key -> true)) {
            nas.deploy(CONFIGS, Amount.IGNORE);
            assertSealed(nas.seal(NAMES));
        }
    }

    @Test
    void by_ftp_over_tls_they_go_as_well() throws Exception {
        try (Vsftpd server = Vsftpd.start(home, true);
                Nas nas =
                        Nas.connect(
                                server.target(share.resolve("match box")),
                                new Access.Password(Vsftpd.PASSWORD::toCharArray),
                                key -> true)) {
            nas.deploy(CONFIGS, Amount.IGNORE);
            assertSealed(nas.seal(NAMES));
        }
    }

    private void assertSealed(SealReport report) throws IOException {
        assertThat(report.left()).isEmpty();
        assertThat(report.closed()).isEmpty();
        assertThat(report.removed())
                .contains(
                        "generic/control-1.yaml",
                        "../#recycle/Copy #1 of control-1.yaml",
                        "../#recycle/match box/generic/control-1.yaml");
        assertThat(report.snapshots()).containsExactly("../#snapshot/GMT+01-2026.11.25-08.00.01/");
        try (var all = Files.walk(share)) {
            for (Path f : all.filter(Files::isRegularFile).toList()) {
                assertThat(Files.readString(f)).as("%s", f).doesNotContain("secret of", "secret\n");
                assertThat(Files.readString(f)).as("%s", f).isNotEqualTo("secret");
            }
        }
        assertThat(share.resolve("#recycle/photo.jpg")).hasContent("the owner's");
        assertThat(share.resolve("#recycle/control-1.yaml.bak")).hasContent("the owner's");
        assertThat(share.resolve("match box/generic/mine.yaml")).hasContent("the owner's");
        assertThat(share.resolve("match box/groups/a.json")).hasContent("{}");
    }

    private void write(String path, String text) throws IOException {
        Path file = share.resolve(path);
        Files.createDirectories(file.getParent());
        Files.writeString(file, text);
    }
}
