package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.api.BringUp;

import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;

/// Brings the cluster up over the nodes' own API while they boot.
final class Cluster {
    private Cluster() {}

    static void bringUp(ClusterPlan plan, Secrets secrets, World world, BootLog log)
            throws Exception {
        Map<Mac, Ip4> addresses = new ConcurrentHashMap<>();
        BringUp.Access access =
                BringUp.Access.of(
                        plan,
                        secrets,
                        world.lan().wire().talosApi(),
                        world.clock(),
                        world.random());
        Runnable stop = log.listen(e -> remember(e, addresses));
        try {
            new BringUp(
                            plan,
                            mac -> Optional.ofNullable(addresses.get(mac)),
                            access,
                            log,
                            world.clock())
                    .run(BringUp.Pace.usual(Thread::sleep).faster(world.haste()));
        } finally {
            stop.run();
        }
    }

    static void remember(BootEvent event, Map<Mac, Ip4> addresses) {
        switch (event) {
            case BootEvent.Leased e -> addresses.put(e.mac(), e.ip());
            case BootEvent.ConfigAsked e -> addresses.put(e.mac(), e.ip());
            default -> {}
        }
    }
}
