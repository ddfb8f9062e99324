package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cli.Cli;
import dev.ichor.cli.Platform;
import dev.ichor.cluster.NasTarget;
import dev.ichor.nas.Samba;
import dev.ichor.nas.Sshd;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.Session;
import dev.ichor.steps.World;

import org.jspecify.annotations.Nullable;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.io.IOException;
import java.io.PrintWriter;
import java.io.StringWriter;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;
import java.util.Optional;

/// `ichor deploy` from the first copying to the seal, to real servers.
@Timeout(300)
class NasDeployTest {
    @TempDir Path temp;
    @TempDir Path share;

    /// A command's words.
    private record Said(int exit, String out) {}

    @Test
    void by_sftp() throws Exception {
        try (Sshd sshd = Sshd.start(temp)) {
            NasTarget nas = sshd.target(Files.createDirectory(share.resolve("match box")), null);
            everything(
                    nas,
                    "--identity",
                    sshd.identity().toString(),
                    "--accept-host-key",
                    sshd.hostKey());
        }
    }

    @Test
    void by_smb() throws Exception {
        try (Samba samba = Samba.start(temp, share, List.of())) {
            Files.createDirectory(share.resolve("match box"));
            everything(samba.target("/docker/match box"));
        }
    }

    private void everything(NasTarget nas, String... login) throws Exception {
        Path dir = temp.resolve("lab");
        try (Pretend network = new Wiring().pretend(2, PlannedCluster.NOBODY)) {
            try (Session s = PlannedCluster.of(network, dir)) {
                s.edit(d -> d.copiedTo(nas));
            }
            World world = network.world();
            Said plan = deploy(world, dir, login, "--plan");
            assertThat(plan.out()).contains("new      groups/control-1.json", " 0 the same");
            assertThat(share.resolve("match box")).isEmptyDirectory();

            Said first = deploy(world, dir, login);
            assertThat(first.out()).contains("files copied and read back, 0 were there already");
            assertThat(deploy(world, dir, login).out()).startsWith("0 files copied and read back");
            assertThat(share.resolve("match box/generic")).doesNotExist();
            configs(world, dir, login);
        }
    }

    private void configs(World world, Path dir, String... login) throws Exception {
        Path generic = share.resolve("match box/generic");
        Said unsure = deploy(world, dir, login, "--configs-on-nas", "lap");
        assertThat(unsure.exit()).isEqualTo(1);
        assertThat(unsure.out()).contains("Nothing was copied.");
        assertThat(generic).doesNotExist();

        Said sure = deploy(world, dir, login, "--configs-on-nas", "home-lab");
        assertThat(sure.out()).contains("lie on the NAS, as you chose");
        assertThat(generic.resolve("control-1.yaml")).content().contains("machine:");
        assertThat(sure.out()).doesNotContain("PRIVATE KEY", "LS0tLS1CRUdJTi");

        Said again = deploy(world, dir, login);
        assertThat(again.out()).startsWith("0 files copied").contains("as you chose");
        assertThat(generic.resolve("control-1.yaml")).exists();

        Said sealed = deploy(world, dir, login, "--seal");
        assertThat(sealed.out()).contains("gone      generic/control-1.yaml");
        assertThat(sealed.exit()).isZero();
        assertThat(generic).isEmptyDirectory();
        Said after = deploy(world, dir, login);
        assertThat(after.out()).startsWith("0 files copied").doesNotContain("as you chose");
        assertThat(generic).isEmptyDirectory();
    }

    private static Said deploy(World world, Path dir, String[] login, String... more) {
        List<String> args = new ArrayList<>(List.of("deploy", dir.toString()));
        args.addAll(List.of(login));
        args.addAll(List.of(more));
        StringWriter out = new StringWriter();
        PrintWriter to = new PrintWriter(out);
        int exit = Cli.run(args.toArray(String[]::new), new OnePc(world), to, to);
        return new Said(exit, out.toString());
    }

    private record OnePc(World world) implements Platform {
        @Override
        public @Nullable String variable(String name) {
            return name.equals("ICHOR_NAS_PASSWORD") ? Samba.PASSWORD : null;
        }

        @Override
        public Pretend pretend(int machines, Optional<Kill> kill) throws IOException {
            throw new AssertionError("not asked for here");
        }

        @Override
        public boolean wizard() {
            return false;
        }
    }
}
