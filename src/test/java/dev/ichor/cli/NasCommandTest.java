package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.nas.FakeDsm;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Map;

class NasCommandTest {
    @TempDir private Path dir;
    private FakeDsm fake;

    @BeforeEach
    void start() throws Exception {
        fake = FakeDsm.start();
        fake.folders.add("/docker/matchbox/tftp");
        fake.code = "123456";
        Files.writeString(
                dir.resolve("cluster.json"),
                """
                {"version": 1, "clusterName": "lab", "endpoint": "https://192.168.1.51:6443",
                 "talos": "v1.13.9", "kubernetes": "1.36.3", "adapter": "eth0",
                 "mode": "ROUTER_TO_NAS",
                 "machines": {"4c:52:62:08:a3:ce": {"ip": "192.168.1.51"}},
                 "wishes": {"4c:52:62:08:a3:ce": {"role": "CONTROL_PLANE",
                   "hostname": "control-1", "disk": "/dev/sda"}},
                 "nas": {"host": "localhost", "port": 22, "user": "%s",
                   "folder": "/docker/matchbox", "httpBase": "http://192.168.1.20:8080"}}
                """
                        .formatted(FakeDsm.USER));
    }

    @AfterEach
    void stop() {
        fake.close();
    }

    private String nas(String action, String... more) throws Exception {
        List<String> args = new ArrayList<>(List.of("nas", dir.toString(), action));
        args.addAll(List.of("--port", "" + fake.port()));
        args.addAll(List.of("--accept-host-key", fake.certificate()));
        args.addAll(List.of(more));
        return run(args, "123456");
    }

    private static String run(List<String> args, String code) {
        StringWriter said = new StringWriter();
        PrintWriter to = new PrintWriter(said);
        HomeWorld home =
                new HomeWorld(
                        Map.of("ICHOR_NAS_PASSWORD", FakeDsm.PASSWORD, "ICHOR_NAS_CODE", code));
        Cli.run(args.toArray(String[]::new), home, to, to);
        return said.toString();
    }

    @Test
    void shows_sets_and_puts_back() throws Exception {
        assertThat(nas("show"))
                .isEqualTo(
                        """
                        shared folder /docker (/volume1/docker)
                        shared folder /home (/volume1/homes/a)
                        SFTP service off
                        TFTP service off
                        Container Manager project none
                        would set: SFTP service: off → on
                        would set: TFTP service: off → on, folder /docker/matchbox/tftp
                        would set: Container Manager project ichor: none → in /docker/matchbox
                        would set: Project ichor: stopped → started
                        """);
        assertThat(fake.written).isEmpty();

        assertThat(nas("set", "--yes")).endsWith("Written, and read back.\n");
        assertThat(fake.projects.firstEntry().getValue().path("content").asString())
                .contains("quay.io/poseidon/matchbox", "/wake.sh");
        assertThat(nas("show"))
                .endsWith(
                        """
                        SFTP service on
                        TFTP service on, folder /docker/matchbox/tftp
                        Container Manager project in /docker/matchbox, RUNNING
                        ichor-matchbox-1: first
                        ichor-matchbox-1: second
                        """);
        assertThat(nas("set", "--yes")).isEqualTo("Nothing is to be changed.\n");

        assertThat(nas("undo", "--yes"))
                .isEqualTo(
                        """
                        Project ichor: started → stopped
                        Container Manager project ichor: in /docker/matchbox → none
                        TFTP service: on, folder /docker/matchbox/tftp → off
                        SFTP service: on → off
                        Written, and read back.
                        """);
        assertThat(fake.projects).isEmpty();
        assertThat(nas("undo", "--yes")).isEqualTo("Nothing is to be changed.\n");
    }

    @Test
    void nothing_is_written_where_nobody_agrees() throws Exception {
        assertThat(nas("set")).endsWith("Nothing was written.\n");
        assertThat(fake.written).isEmpty();
    }

    @Test
    void before_the_copying_only_what_copies_is_set() throws Exception {
        fake.folders.clear();
        assertThat(nas("set", "--yes"))
                .isEqualTo("SFTP service: off → on\nWritten, and read back.\n");
    }

    @Test
    void another_certificate_than_before_is_refused() throws Exception {
        nas("show");
        String before = fake.certificate();
        fake.close();
        fake = FakeDsm.start();

        assertThat(nas("set", "--yes"))
                .startsWith("The NAS at localhost shows another certificate. It shows ")
                .contains("; before it was " + before);
        assertThat(fake.asked).isEmpty();
    }

    @Test
    void what_was_written_before_the_nas_went_away_is_undone_by_the_next_run() throws Exception {
        fake.cut = "after";
        assertThat(nas("set", "--yes")).contains("went away in the middle");
        assertThat(Files.readString(dir.resolve("nas.json")))
                .contains("\"kind\" : \"sftp\"", "\"kind\" : \"running\"")
                .doesNotContain(FakeDsm.PASSWORD);

        assertThat(nas("undo", "--yes")).endsWith("Written, and read back.\n");
        assertThat(fake.sftp.path("enable").asBoolean()).isFalse();
    }
}
