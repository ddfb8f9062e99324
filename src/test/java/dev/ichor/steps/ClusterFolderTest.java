package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.ClusterOptions;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.attribute.PosixFilePermissions;
import java.util.List;

class ClusterFolderTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");

    @TempDir private Path dir;

    private static Draft draft() {
        return Draft.empty()
                .named("attic")
                .on("eth0")
                .booting(BootMode.ROUTER_TO_PC)
                .found(new Machine(MAC, Ip4.of("10.0.0.5"), "Fujitsu", "", Firmware.BIOS, true))
                .assign(
                        MAC,
                        new Draft.Wish(
                                Role.CONTROL_PLANE,
                                "control-1",
                                new InstallDisk.Serial("S3Z*"),
                                Life.DISK_FIRST))
                .copiedTo(new NasTarget("nas", 22, "me", "/docker", "SHA256:x", "http://nas:8080"));
    }

    @Test
    void what_is_saved_is_read_back() throws Exception {
        ClusterFolder folder = ClusterFolder.open(dir);
        folder.write(draft());
        assertThat(folder.read()).isEqualTo(draft());
    }

    @Test
    void options_and_addresses_are_read_back() throws Exception {
        ClusterOptions options =
                new ClusterOptions(
                        Ip4.of("10.0.0.9"),
                        List.of("time.lan"),
                        List.of(new ClusterOptions.Mirror("docker.io", List.of("https://m.lan"))),
                        List.of("kube.lan"));
        FixedAddress fixed =
                new FixedAddress(
                        Ip4.of("10.0.0.5"), 24, Ip4.of("10.0.0.1"), List.of(Ip4.of("10.0.0.1")));
        Draft.Wish wish =
                new Draft.Wish(
                        Role.WORKER, "wk-1", new InstallDisk.Wwid("eui.*"), Life.DISK_FIRST, fixed);
        Draft full = draft().with(options).assign(MAC, wish);
        ClusterFolder folder = ClusterFolder.open(dir);
        folder.write(full);
        assertThat(folder.read()).isEqualTo(full);
    }

    @Test
    void the_gitignore_names_what_is_secret_and_private_is_the_owners() throws Exception {
        ClusterFolder.open(dir);
        assertThat(dir.resolve(".gitignore")).hasContent("private/\nlogs/\n");
        assumeTrue(
                dir.getFileSystem().supportedFileAttributeViews().contains("posix"),
                "skipped: needs POSIX permissions");
        assertThat(Files.getPosixFilePermissions(dir.resolve("private")))
                .isEqualTo(PosixFilePermissions.fromString("rwx------"));
    }

    @Test
    void an_owners_own_gitignore_is_kept_and_gets_what_is_missing() throws Exception {
        Files.writeString(dir.resolve(".gitignore"), "*.bak\nlogs/\n");
        ClusterFolder.open(dir);
        assertThat(dir.resolve(".gitignore")).hasContent("*.bak\nlogs/\nprivate/\n");
    }

    @Test
    void a_file_that_is_no_text_is_told() throws Exception {
        ClusterFolder folder = ClusterFolder.open(dir);
        Files.write(dir.resolve("cluster.json"), new byte[] {(byte) 0xff, (byte) 0xfe, 0});
        assertThatThrownBy(folder::read)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().why())
                                        .isEqualTo("It holds bytes that are no text."));
    }

    @Test
    void a_full_disk_is_told_and_the_old_file_stays_whole() throws Exception {
        Path full = Path.of("/dev/full");
        assumeTrue(Files.exists(full), "skipped: needs /dev/full");
        Path file = Files.writeString(dir.resolve("kept"), "old");
        assertThatThrownBy(() ->
                        ClusterFolder.replace(
                                file,
                                part -> {
                                    Files.createSymbolicLink(part, full);
                                    Files.writeString(part, "new");
                                }))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().toString())
                                        .contains("kept could not be saved.")
                                        .contains("No space left on device")
                                        .contains("The file before is untouched"));
        assertThat(file).hasContent("old");
        assertThat(dir.resolve("kept.part")).doesNotExist();
    }

    @Test
    void a_broken_file_is_told_with_its_line_and_left_as_it_is() throws Exception {
        ClusterFolder folder = ClusterFolder.open(dir);
        Path json = Files.writeString(dir.resolve("cluster.json"), "{\n  \"version\": 1,\n  oops");
        assertThatThrownBy(folder::read)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().what())
                                        .isEqualTo(
                                                folder.root().resolve("cluster.json")
                                                        + " line 3 is not a cluster that Ichor can"
                                                        + " read."));
        assertThat(json).hasContent("{\n  \"version\": 1,\n  oops");
    }

    @Test
    void a_file_of_a_newer_program_is_refused_and_left_as_it_is() throws Exception {
        ClusterFolder folder = ClusterFolder.open(dir);
        Path json = Files.writeString(dir.resolve("cluster.json"), "{\"version\": 2}");
        assertThatThrownBy(folder::read)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().toString())
                                        .contains("was written by a newer Ichor")
                                        .contains("Update Ichor; the file was left as it is."));
        assertThat(json).hasContent("{\"version\": 2}");
    }

    @Test
    void a_nonsense_value_is_no_stack_trace() throws Exception {
        ClusterFolder folder = ClusterFolder.open(dir);
        Files.writeString(
                dir.resolve("cluster.json"), "{\"version\": 1, \"machines\": {\"zz\": {}}}");
        assertThatThrownBy(folder::read).isInstanceOf(ProblemException.class);
    }

    @Test
    void a_folder_without_a_cluster_is_told() throws Exception {
        ClusterFolder folder = ClusterFolder.open(dir);
        assertThatThrownBy(folder::read)
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().what())
                                        .isEqualTo(
                                                "There is no cluster in " + folder.root() + "."));
    }

    @Test
    void a_failed_save_leaves_the_old_file_whole() throws Exception {
        ClusterFolder folder = ClusterFolder.open(dir);
        folder.write(draft());
        Files.createDirectories(dir.resolve("cluster.json.part/in-the-way"));
        assertThatThrownBy(() -> folder.write(draft().named("other")))
                .isInstanceOfSatisfying(
                        ProblemException.class,
                        e ->
                                assertThat(e.problem().what())
                                        .endsWith("cluster.json could not be saved."));
        assertThat(folder.read()).isEqualTo(draft());
    }
}
