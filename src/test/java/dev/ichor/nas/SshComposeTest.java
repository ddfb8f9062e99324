package dev.ichor.nas;

import static org.assertj.core.api.Assertions.assertThat;
import static org.junit.jupiter.api.Assumptions.assumeTrue;

import dev.ichor.cluster.Problem;

import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;

/// Starting containers over a real sshd; `docker` there is a script that says what it was asked.
@Timeout(120)
class SshComposeTest {
    @TempDir Path home;
    @TempDir Path share;
    private String server = "";

    @BeforeEach
    void a_docker_that_says_what_it_was_asked() throws Exception {
        Path docker = home.resolve("bin/docker");
        Files.createDirectories(docker.getParent());
        Files.writeString(docker, "#!/bin/sh\necho \"docker $* in $(pwd)\"\n");
        assumeTrue(docker.toFile().setExecutable(true), "skipped: no scripts in this folder");
        server =
                "ForceCommand PATH="
                        + docker.getParent()
                        + ":$PATH; eval \"$SSH_ORIGINAL_COMMAND\"";
    }

    @Test
    void docker_compose_is_started_in_the_copied_folder() throws Exception {
        Path folder = Files.createDirectory(share.resolve("it's a box"));
        Files.writeString(folder.resolve("compose.yaml"), "services: {}");
        try (Sshd sshd = Sshd.start(home, server)) {
            assertThat(SshCompose.up(sshd.target(folder, null), sshd.key(), key -> true))
                    .isEqualTo("docker compose up -d in " + folder);
        }
    }

    @Test
    void what_was_not_copied_yet_is_told() throws Exception {
        try (Sshd sshd = Sshd.start(home, server)) {
            Problem problem =
                    Refused.refused(
                            () -> SshCompose.up(sshd.target(share, null), sshd.key(), key -> true));
            assertThat(problem.why()).isEqualTo("It said: no compose.yaml");
            assertThat(problem.remedy()).startsWith("Copy the tree first (ichor deploy).");
        }
    }

    @Test
    void an_unknown_key_of_the_nas_starts_nothing() throws Exception {
        try (Sshd sshd = Sshd.start(home, server)) {
            Refused.refused(
                    () -> SshCompose.up(sshd.target(share, null), sshd.key(), key -> false));
        }
    }
}
