package dev.ichor;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.Stage;
import dev.ichor.cli.Platform;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Role;
import dev.ichor.steps.Pretend;
import dev.ichor.steps.Roles;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;

import java.nio.file.Path;
import java.util.Optional;
import java.util.concurrent.CountDownLatch;

/// The machines of a pretended network found, given roles, and Talos downloaded.
final class PlannedCluster {
    /// Nobody dies, and nobody loses its power.
    static final Optional<Platform.Kill> NOBODY =
            Optional.of(new Platform.Kill(new Mac(1), Stage.READY));

    private PlannedCluster() {}

    static Session of(Pretend network, Path dir) throws Exception {
        Session s = Session.open(dir, network.world(), network.owner());
        CountDownLatch found = new CountDownLatch(1);
        s.listen(now -> {
            if (network.machines()
                            == now.draft().machines().values().stream().filter(Machine::pxe).count()
                    && now.draft().machine(network.firstControlPlane()).ip() != null) {
                found.countDown();
            }
        });
        run(s, Step.GET_READY);
        run(s, Step.FIND);
        found.await();
        s.edit(Roles::suggest);
        s.assign(network.firstControlPlane(), Role.CONTROL_PLANE);
        run(s, Step.ROLES);
        s.edit(d -> d.versions("v1.12.5", "1.35.0"));
        run(s, Step.DOWNLOAD);
        return s;
    }

    static void run(Session s, Step step) throws Exception {
        s.start(step);
        s.await(step);
        assertThat(s.snapshot().state(step).problem()).as(step.name()).isNull();
    }
}
