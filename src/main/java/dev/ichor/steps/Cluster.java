package dev.ichor.steps;

import dev.ichor.boot.BootLog;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.api.BringUp;
import dev.ichor.talos.api.Pending;

/// Brings the cluster up over the nodes' own API while they boot.
///
/// @param plan the machines
/// @param secrets makes us their administrator
/// @param addresses where they are
/// @param pending what those in maintenance mode get
record Cluster(ClusterPlan plan, Secrets secrets, Addresses addresses, Pending pending) {
    /// Until interrupted.
    void bringUp(World world, ClusterFolder folder, BootLog log) throws Exception {
        BringUp.Access access =
                BringUp.Access.of(
                        plan,
                        secrets,
                        world.lan().wire().talosApi(),
                        world.clock(),
                        world.random());
        BringUp.Known known = new BringUp.Known(addresses::of, new BootstrapFile(folder), pending);
        new BringUp(plan, access, known, log, world.clock())
                .run(BringUp.Pace.usual(Thread::sleep).faster(world.haste()));
    }
}
