package dev.ichor.cluster;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.CsvSource;

import java.nio.file.Path;
import java.time.Instant;
import java.util.List;
import java.util.TreeMap;

/// What a draft becomes, and what is fetched for it.
class PlanTest {
    private static final Mac CONTROL = Mac.of("4c:52:62:08:a3:01");
    private static final Mac WORKER = Mac.of("4c:52:62:08:a3:02");
    private static final Image FACTORY =
            new Image.Factory(new Schematic(List.of(), List.of("x=1")));

    private static final NasTarget NAS =
            new NasTarget("nas.lan", 22, "me", "/docker", null, "http://192.168.1.20:8080");

    private static Draft draft() {
        Draft.Wish control =
                new Draft.Wish(
                        Role.CONTROL_PLANE,
                        "x",
                        new InstallDisk.Device("/dev/sda"),
                        Life.DISK_FIRST);
        return Draft.empty()
                .named("attic")
                .versions("v1.12.1", "1.35.0")
                .built(FACTORY)
                .on("eth0")
                .booting(BootMode.NAS_PROXY)
                .copiedTo(NAS)
                .reachedAt("https://192.168.1.5:6443")
                .found(new Machine(WORKER, null, "", "", Firmware.UEFI_ARM64, true))
                .assign(CONTROL, control.named("cp-1"))
                .assign(WORKER, control.named("w-1").as(Role.WORKER));
    }

    @Test
    void what_the_owner_said_is_in_the_plan() {
        assertThat(draft().adapter()).isEqualTo("eth0");
        assertThat(draft().nas()).isEqualTo(NAS);
        ClusterPlan plan = draft().plan();
        assertThat(plan.name()).isEqualTo("attic");
        assertThat(plan.endpoint()).hasToString("https://192.168.1.5:6443");
        assertThat(plan.mode()).isEqualTo(BootMode.NAS_PROXY);
        assertThat(plan.talos()).hasToString("v1.12.1");
        assertThat(plan.kubernetes()).isEqualTo("1.35.0");
        assertThat(plan.installerImage())
                .isEqualTo("factory.talos.dev/metal-installer/" + FACTORY.id() + ":v1.12.1");
        assertThat(plan.nodes())
                .extracting(n -> n.mac() + " " + n.hostname() + " " + n.role().talosType())
                .containsExactly(
                        "4c:52:62:08:a3:01 cp-1 controlplane", "4c:52:62:08:a3:02 w-1 worker");
        assertThat(plan.controlPlanes()).extracting(Node::mac).containsExactly(CONTROL);
        assertThat(plan.families()).containsExactly(Arch.AMD64, Arch.ARM64);
        assertThat(plan.families()).hasToString("[amd64, arm64]");
        assertThat(plan.node(WORKER).orElseThrow().hostname()).isEqualTo("w-1");
        assertThat(plan.node(Mac.of("4c:52:62:08:a3:03"))).isEmpty();
    }

    @Test
    void a_released_machine_is_known_and_not_planned() {
        Draft d = draft().release(WORKER);
        assertThat(d.plan().nodes()).extracting(Node::mac).containsExactly(CONTROL);
        assertThat(d.machines()).containsKey(WORKER);
        assertThat(d.machine(CONTROL)).isEqualTo(Machine.of(CONTROL));
    }

    @Test
    void a_draft_with_gaps_is_no_plan() {
        assertThatThrownBy(() -> Draft.empty().plan())
                .isInstanceOf(IllegalStateException.class)
                .hasMessageContaining("the draft is not a plan yet: ");
    }

    @ParameterizedTest
    @CsvSource({
        "nas.lan, 22, SFTP, nas.lan, 22",
        "nas.lan, 2222, SFTP, nas.lan, 2222",
        "smb://nas, 22, SMB, nas, 445",
        "smb://nas, 4450, SMB, nas, 4450",
        "ftps://nas, 22, FTPS, nas, 21",
        "ftp://nas, 22, FTP, nas, 21",
        "file:, 22, FOLDER, '', 0"
    })
    void the_host_says_how_the_nas_is_reached(
            String host, int port, NasTarget.Protocol protocol, String server, int serverPort) {
        NasTarget nas = new NasTarget(host, port, "me", "/f", null, "");
        assertThat(nas.protocol()).isEqualTo(protocol);
        assertThat(nas.server()).isEqualTo(server);
        assertThat(nas.serverPort()).isEqualTo(serverPort);
        assertThat(nas.pinned("SHA256:x").hostKey()).isEqualTo("SHA256:x");
    }

    @Test
    void what_lies_in_the_cache_is_of_one_release_and_one_image() {
        CachedTalos kept =
                new CachedTalos("v1.12.1", "release", Arch.AMD64, 1, Instant.EPOCH, Origin.SIGNED);
        TalosVersion release = TalosVersion.of("v1.12.1");
        assertThat(kept.isOf(release, new Image.Release())).isTrue();
        assertThat(kept.isOf(release, FACTORY)).isFalse();
        assertThat(kept.isOf(TalosVersion.of("v1.12.2"), new Image.Release())).isFalse();
        assertThat(kept.origin().words()).isEqualTo("signed by Sidero Labs");
    }

    @Test
    void something_was_fetched_or_it_is_nothing() {
        TalosVersion release = TalosVersion.of("v1.12.1");
        Fetched one = new Fetched(release, Path.of("k"), Path.of("i"));
        assertThat(one.kernel()).hasToString("k");
        assertThat(one.initramfs()).hasToString("i");
        assertThatThrownBy(() -> new Fetched(release, new Image.Release(), new TreeMap<>()))
                .isInstanceOf(IllegalArgumentException.class);
    }

    @Test
    void releases_are_ordered_as_numbers() {
        List<String> sorted =
                List.of("v1.9.5", "1.13.0-beta.1", "v1.10.0", "v1.9.10", "v1.9").stream()
                        .map(TalosVersion::of)
                        .sorted()
                        .map(TalosVersion::toString)
                        .toList();
        assertThat(sorted)
                .containsExactly("v1.9", "v1.9.5", "v1.9.10", "v1.10.0", "v1.13.0-beta.1");
        assertThatThrownBy(() -> TalosVersion.of("soon")).hasMessage("not a Talos version: soon");
    }

    @Test
    void a_problem_is_what_why_and_what_to_do_in_one_line() {
        ProblemException e = new ProblemException("It is away.", "", "Switch it on.");
        assertThat(e.problem()).hasToString("It is away. Switch it on.");
        assertThat(e).hasMessage("It is away.");
    }
}
