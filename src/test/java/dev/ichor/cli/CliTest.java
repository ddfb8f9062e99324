package dev.ichor.cli;

import static org.assertj.core.api.Assertions.assertThat;

import static java.nio.charset.StandardCharsets.UTF_8;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.Map;
import java.util.TreeMap;
import java.util.zip.ZipEntry;
import java.util.zip.ZipFile;

class CliTest {
    @TempDir private Path dir;

    private record Result(int exit, String out, String err) {}

    private static Result run(String... args) {
        StringWriter out = new StringWriter();
        StringWriter err = new StringWriter();
        int exit = Cli.run(args, new Nowhere(), new PrintWriter(out), new PrintWriter(err));
        return new Result(exit, out.toString(), err.toString());
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "demo",
                "discover",
                "roles",
                "gen",
                "secrets",
                "import",
                "fetch",
                "cache",
                "cache list",
                "cache prune",
                "assemble",
                "deploy",
                "serve",
                "watch",
                "approve",
                "wake",
                "router",
                "nas",
                "doctor",
                "export",
                "guide"
            })
    void every_command_explains_itself(String command) {
        Result r = run((command + " --help").split(" "));
        assertThat(r.exit()).isZero();
        assertThat(r.out()).startsWith("Usage: ichor " + command);
    }

    @Test
    void the_guide_lists_its_pages_and_shows_one() {
        assertThat(run("guide").out()).contains("ichor guide stuck    When it does not boot\n");
        Result r = run("guide", "netboot");
        assertThat(r.out())
                .startsWith("\nAlways netboot\n\nSome machines cannot start from their disk")
                .contains("\n- Secure Boot off; ErP or deep sleep off when it is woken.\n");
        assertThat(r.out().lines()).allMatch(l -> l.length() <= 101);
    }

    private void oneMachine() throws IOException {
        Files.writeString(
                dir.resolve("cluster.json"),
                """
                {"version": 1, "clusterName": "lab", "endpoint": "https://10.0.0.5:6443",
                 "talos": "v1.13.9", "kubernetes": "1.36.3",
                 "wishes": {"4c:52:62:08:a3:ce": {"role": "WORKER", "hostname": "futro-1",
                   "disk": "/dev/sda"}}}
                """);
    }

    @Test
    void doctor_says_what_a_log_tells_of_a_machine_that_does_not_boot() throws Exception {
        oneMachine();
        Path log = dir.resolve("boot.jsonl");
        Files.writeString(
                log,
                """
                {"event":"leased","at":"2026-11-22T20:00:00Z","mac":"4c:52:62:08:a3:ce","ip":"10.0.0.51"}
                {"event":"transferDone","at":"2026-11-22T20:00:01Z","mac":"4c:52:62:08:a3:ce",\
                "ip":"10.0.0.51","protocol":"TFTP","kind":"LOADER","file":"snponly.efi","bytes":1,"millis":1}
                {"event":"gateChanged","at":"2026-11-22T20:01:00Z","armed":true}
                """);

        Result r = run("doctor", dir.toString(), "--log", log.toString());

        assertThat(r.out())
                .isEqualTo(
                        "4c:52:62:08:a3:ce: It has the boot loader and does not start it."
                            + " (snponly.efi, 1 bytes, then nothing) Switch Secure Boot off in its"
                            + " setup. If it is off, its network card hangs in iPXE: try the other"
                            + " loader.\n");
        assertThat(r.exit()).isEqualTo(Cli.PROBLEM);
    }

    @Test
    void doctor_saves_a_report_for_somebody_who_helps() throws Exception {
        oneMachine();
        Files.createDirectories(dir.resolve("logs"));
        Files.writeString(
                dir.resolve("logs/boot-2026-11-24.jsonl"),
                """
                {"event":"serviceDown","at":"2026-11-24T09:59:00Z","service":"tftp","reason":"port 69 is used"}
                not a line of ours: BEGIN PRIVATE KEY
                """);
        Files.createDirectories(dir.resolve("private"));
        Files.writeString(dir.resolve("private/secrets.yaml"), "-----BEGIN PRIVATE KEY-----");
        Path zip = dir.resolve("report.zip");

        run("doctor", dir.toString(), "--report", zip.toString());

        Map<String, String> parts = new TreeMap<>();
        try (ZipFile in = new ZipFile(zip.toFile())) {
            for (ZipEntry e : in.stream().toList()) {
                parts.put(e.getName(), new String(in.getInputStream(e).readAllBytes(), UTF_8));
            }
        }
        assertThat(parts)
                .containsOnlyKeys("boot.jsonl", "cluster.json", "findings.txt", "versions.txt");
        assertThat(parts.get("findings.txt"))
                .startsWith("2026-11-24T09:59:00Z Our tftp service does not run.");
        assertThat(parts.get("boot.jsonl")).hasLineCount(1).contains("serviceDown");
        assertThat(parts.get("versions.txt")).contains("Talos v1.13.9", "Java 25");
        assertThat(parts.toString()).doesNotContain("PRIVATE KEY");
    }

    @Test
    void doctor_without_a_log_says_what_to_do() {
        Result r = run("doctor", dir.toString());
        assertThat(r.exit()).isEqualTo(Cli.PROBLEM);
        assertThat(r.err()).contains("There is no boot log in").doesNotContain("Exception");
    }

    @ParameterizedTest
    @ValueSource(
            strings = {
                "nonsense",
                "demo --machines 0",
                "demo --machines many",
                "demo --kill x",
                "demo --kill 4c:52:62:08:a3:ce@LUNCH",
                "serve",
                "serve a --tree b",
                "serve --tree . --bind here",
                "gen onlyname",
                "approve dir",
                "export",
                "export folder a b",
                "guide nonsense"
            })
    void wrong_usage_is_exit_2_and_no_stack_trace(String line) {
        Result r = run(line.split(" ", -1));
        assertThat(r.exit()).isEqualTo(2);
        assertThat(r.err()).isNotBlank().doesNotContain("\tat ");
    }

    @Test
    void a_missing_cluster_is_a_problem_in_words() {
        Result r = run("fetch", dir.toString());
        assertThat(r.exit()).isEqualTo(Cli.PROBLEM);
        assertThat(r.err())
                .isEqualTo(
                        "There is no cluster in "
                                + dir
                                + ". The file cluster.json is missing. Choose another folder, or"
                                + " begin a new cluster.\n");
    }

    @Test
    void watching_where_nothing_serves_says_how_to_start_it() {
        Result r = run("watch", dir.toString());
        assertThat(r.exit()).isEqualTo(Cli.PROBLEM);
        assertThat(r.err())
                .isEqualTo(
                        "No boot server is running for "
                                + dir
                                + ". Start it with: ichor serve "
                                + dir
                                + "\n");
    }

    @Test
    void a_saved_log_becomes_a_picture_of_the_whole_boot() throws IOException {
        Path log = dir.resolve("boot.jsonl");
        Path svg = dir.resolve("boot.svg");
        Files.writeString(
                log,
                """
                {"event":"heard","at":"2026-11-22T19:44:30Z","mac":"4c:52:62:0e:11:02","pxe":true,"ipxe":false,"firmware":"UEFI_X64","uuid":"","xid":1}
                {"event":"kubernetesNode","at":"2026-11-22T19:46:00Z","mac":"4c:52:62:0e:11:02","name":"worker-1","ready":true}
                """);
        Result r = run("watch", dir.toString(), "--replay", log.toString(), "--timeline", "" + svg);
        assertThat(r.err()).isEmpty();
        assertThat(Files.readString(svg)).contains(">1 of 1 Ready after 1:30<");
        assertThat(run("watch", dir.toString(), "--timeline", "" + svg).err())
                .startsWith("--timeline needs --replay");
    }
}
