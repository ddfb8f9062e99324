package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Together;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.netboot.Approval;
import dev.ichor.netboot.Checks;
import dev.ichor.netboot.ConfigSource;
import dev.ichor.netboot.DhcpRole;
import dev.ichor.netboot.Rules;
import dev.ichor.talos.MachineConfigs;
import dev.ichor.talos.Secrets;

import java.io.IOException;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.util.List;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;

/// Step 7: serve the network boot and bring the cluster up, until cancelled.
final class Boot {
    private Boot() {}

    /// How to serve.
    ///
    /// @param approval who decides about configs
    /// @param dhcp what to do on the DHCP port
    /// @param strangers whether machines that are not in the plan boot to a page that says so
    /// @param loaders boot loaders the owner chose for single machines
    record Order(Approval approval, DhcpRole dhcp, boolean strangers, Map<Mac, String> loaders) {}

    static void run(Session session, Order how, Consumer<Serving> ready) throws Exception {
        ClusterFolder folder = new ClusterFolder(session.folder());
        ClusterPlan plan = Needs.plan(session);
        try (MachineFolder machines = MachineFolder.open(folder)) {
            Serving.Order order =
                    new Serving.Order(
                            tree(session, plan),
                            configs(plan, session.vault().secrets()),
                            rules(plan, how.approval(), machines, session.world()),
                            how.dhcp(),
                            mac -> plan.node(mac).map(Node::hostname),
                            how.strangers(),
                            new Serving.LoaderWishes(folder.notebook("loaders"), how.loaders()));
            serve(session, plan, order, ready);
        }
    }

    private static void serve(
            Session session, ClusterPlan plan, Serving.Order order, Consumer<Serving> ready)
            throws Exception {
        ClusterFolder folder = new ClusterFolder(session.folder());
        World world = session.world();
        try (Serving s =
                Serving.start(world, Needs.adapter(session).address(), order, session.bootLog())) {
            new ControlFile(s.listening().control(), s.token()).write(folder);
            try {
                ready.accept(s);
                Together.run(services(session, plan, s));
            } finally {
                ControlFile.remove(folder);
            }
        }
    }

    private static List<Together.Service> services(
            Session session, ClusterPlan plan, Serving serving) throws IOException {
        Secrets secrets = session.vault().secrets();
        Wipes wipes = new Wipes(session, plan, secrets, serving.gate());
        return List.of(
                new Together.Service("boot server", serving::await),
                new Together.Service("wipes", wipes::run),
                new Together.Service(
                        "bring-up",
                        () -> Cluster.bringUp(plan, secrets, session.world(), session.bootLog())));
    }

    /// Where the machines boot from a NAS, their downloads are not seen here and their scripts hold
    /// no token.
    private static Rules rules(
            ClusterPlan plan, Approval approval, Rules.Store machines, World world) {
        boolean nas = plan.mode() == BootMode.ROUTER_TO_NAS || plan.mode() == BootMode.NAS_PROXY;
        return new Rules(
                approval,
                nas ? Checks.CHAIN : Checks.BOOT,
                mac -> plan.node(mac).map(Node::life),
                machines,
                () -> Tokens.of(world.random()));
    }

    static ConfigSource configs(ClusterPlan plan, Secrets secrets) {
        return mac ->
                plan.node(mac)
                        .map(n ->
                                MachineConfigs.node(MachineConfigs.of(plan), secrets, n)
                                        .getBytes(StandardCharsets.UTF_8))
                        .or(Optional::empty);
    }

    static DhcpRole dhcp(BootMode mode) {
        return mode == BootMode.PROXY || mode == BootMode.UEFI_HTTP
                ? DhcpRole.PROXY
                : DhcpRole.LISTEN;
    }

    private static BootTree tree(Session session, ClusterPlan plan)
            throws IOException, InterruptedException {
        URI here = Needs.gate(session);
        return Assemble.tree(plan, Needs.talos(session), here, here);
    }
}
