package dev.ichor.nas;

import static dev.ichor.nas.Refused.refused;

import static org.assertj.core.api.Assertions.assertThat;

import com.sun.net.httpserver.SimpleFileServer;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Content;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.net.InetAddress;
import java.net.InetSocketAddress;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;
import java.util.Map;

/// Secrets go only where nobody else can read them.
@Timeout(180)
class ExposureTest {
    private static final String CONFIG = "generic/control-1.yaml";
    private static final BootTree SECRET =
            BootTree.of(Map.of(CONFIG, new Content.Text("secret"), "groups/a.json", text("{}")));

    @TempDir Path home;
    @TempDir Path share;

    private static Content text(String text) {
        return new Content.Text(text);
    }

    @Test
    void by_sftp_the_folder_is_shut_for_others_first() throws Exception {
        Files.createDirectories(share.resolve("generic"));
        try (Sshd sshd = Sshd.start(home);
                Nas nas = connect(sshd.target(share, null), sshd.key())) {
            nas.deploy(SECRET, Amount.IGNORE);
        }
        assertShutAndThere();
    }

    @Test
    void by_sftp_a_folder_that_others_may_read_all_the_same_gets_nothing() throws Exception {
        Files.createDirectories(share.resolve("generic"));
        try (Sshd sshd = Sshd.start(home, "ForceCommand internal-sftp -P setstat,fsetstat");
                Nas nas = connect(sshd.target(share, null), sshd.key())) {
            Problem problem = refused(() -> nas.deploy(SECRET, Amount.IGNORE));
            assertThat(problem.what())
                    .isEqualTo("Others may read the configs in " + share + "/generic.");
        }
        assertThat(share.resolve(CONFIG)).doesNotExist();
    }

    @Test
    void by_smb_the_folder_is_shut_for_others_first() throws Exception {
        try (Samba samba = Samba.start(home, share, List.of());
                Nas nas = connect(samba.target("/docker"), password(Samba.PASSWORD))) {
            nas.deploy(SECRET, Amount.IGNORE);
        }
        assertShutAndThere();
    }

    @Test
    void a_share_that_shows_it_to_guests_gets_nothing() throws Exception {
        List<String> open =
                List.of(
                        "map to guest = Bad User",
                        "[open]",
                        "path = " + share,
                        "read only = no",
                        "guest ok = yes",
                        "force user = root");
        try (Samba samba = Samba.start(home, share, open);
                Nas nas = connect(samba.target("/open"), password(Samba.PASSWORD))) {
            Problem problem = refused(() -> nas.deploy(SECRET, Amount.IGNORE));
            assertThat(problem.what())
                    .isEqualTo("Anybody can read the configs in /open without a password.");
        }
        assertThat(share.resolve("generic")).isEmptyDirectory();
    }

    @Test
    void by_ftp_over_tls_the_folder_is_shut_for_others_first() throws Exception {
        try (Vsftpd server = Vsftpd.start(home, true);
                Nas nas = connect(server.target(share), password(Vsftpd.PASSWORD))) {
            nas.deploy(SECRET, Amount.IGNORE);
        }
        assertShutAndThere();
    }

    @Test
    void by_ftp_in_the_clear_nothing_secret_goes() throws Exception {
        try (Vsftpd server = Vsftpd.start(home, false);
                Nas nas = connect(server.target(share), password(Vsftpd.PASSWORD))) {
            assertThat(refused(() -> nas.deploy(SECRET, Amount.IGNORE)).what())
                    .isEqualTo("Configs do not go to 127.0.0.1 by plain FTP.");
        }
        assertThat(share).isEmptyDirectory();
    }

    @Test
    void a_web_server_that_shows_the_folder_gets_nothing() throws Exception {
        var web =
                SimpleFileServer.createFileServer(
                        new InetSocketAddress(InetAddress.getLoopbackAddress(), 0),
                        share.getParent(),
                        SimpleFileServer.OutputLevel.NONE);
        web.start();
        try (Sshd sshd = Sshd.start(home)) {
            NasTarget t = sshd.target(share, null);
            String base = "http://127.0.0.1:" + web.getAddress().getPort();
            NasTarget shown =
                    new NasTarget(t.host(), t.port(), t.user(), t.folder(), t.hostKey(), base);
            try (Nas nas = connect(shown, sshd.key())) {
                assertThat(refused(() -> nas.deploy(SECRET, Amount.IGNORE)).what())
                        .isEqualTo("Anybody can read the configs in " + share + " with a browser.");
            }
        } finally {
            web.stop(0);
        }
        assertThat(share.resolve("generic")).isEmptyDirectory();
    }

    private void assertShutAndThere() throws IOException {
        assertThat(share.resolve(CONFIG)).hasContent("secret");
        // The middle three are a mask where Samba has made an access control list of it.
        String rights =
                PosixFilePermissions.toString(
                        Files.getPosixFilePermissions(share.resolve("generic")));
        assertThat(rights).startsWith("rwx").endsWith("---");
        try (var left = Files.list(share.resolve("generic"))) {
            assertThat(left).hasSize(1);
        }
    }

    private static Access password(String word) {
        return new Access.Password(word::toCharArray);
    }

    private static Nas connect(NasTarget target, Access access) throws Exception {
        return Nas.connect(target, access, key -> true);
    }
}
