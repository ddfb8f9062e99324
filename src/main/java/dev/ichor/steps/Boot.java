package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.boot.Together;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.netboot.Approval;
import dev.ichor.netboot.Checks;
import dev.ichor.netboot.DhcpRole;
import dev.ichor.netboot.Rules;
import dev.ichor.talos.api.Ears;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.URI;
import java.util.List;
import java.util.Map;
import java.util.function.Consumer;

/// Step 7: serve the network boot and bring the cluster up, until cancelled.
final class Boot {
    private Boot() {}

    /// How to serve.
    ///
    /// @param approval who decides about configs
    /// @param dhcp what to do on the DHCP port
    /// @param strangers whether machines that are not in the plan boot to a page that says so
    /// @param overHttp whether configs are handed out by HTTP where they need not be
    /// @param loaders boot loaders the owner chose for single machines
    record Order(
            Approval approval,
            DhcpRole dhcp,
            boolean strangers,
            boolean overHttp,
            Map<Mac, String> loaders) {}

    static void run(Session session, Order how, Consumer<Serving> ready) throws Exception {
        ClusterPlan plan = Needs.plan(session);
        ClusterFolder folder = new ClusterFolder(session.folder());
        Ip4 here = Needs.adapter(session).address();
        try (MachineFolder machines = MachineFolder.open(folder);
                SlowMachines _ = SlowMachines.learn(folder, session.bootLog());
                Addresses who = new Addresses(plan, session.world(), session.bootLog());
                Ears ears = ears(session, plan, here, who)) {
            Handing configs =
                    new Handing(
                            () -> current(session, plan),
                            session.vault().secrets(),
                            ears,
                            how.overHttp());
            Serving.Order order =
                    new Serving.Order(
                            tree(session, plan, ears),
                            configs,
                            rules(plan, how.approval(), machines, session.world()),
                            how.dhcp(),
                            mac -> plan.node(mac).map(Node::hostname),
                            how.strangers(),
                            wishes(session, how),
                            (mac, disk) -> ChooseDisk.run(session, mac, disk));
            try (Serving s = Serving.start(session.world(), here, order, session.bootLog())) {
                serve(
                        session,
                        s,
                        new Cluster(plan, configs.secrets(), who, configs.pending(s.gate())),
                        ready);
            }
        }
    }

    /// Where the machines boot from a NAS, their downloads are not seen here and their scripts hold
    /// no token.
    private static Rules rules(
            ClusterPlan plan, Approval approval, Rules.Store machines, World world) {
        return new Rules(
                approval,
                plan.mode().onNas() ? Checks.CHAIN : Checks.BOOT,
                mac -> plan.node(mac).map(Node::life),
                machines,
                () -> Tokens.of(world.random()));
    }

    private static void serve(
            Session session, Serving serving, Cluster cluster, Consumer<Serving> ready)
            throws Exception {
        ClusterFolder folder = new ClusterFolder(session.folder());
        new ControlFile(serving.listening().control(), serving.token()).write(folder);
        try {
            ready.accept(serving);
            Together.run(
                    List.of(
                            new Together.Service("boot server", serving::await),
                            new Together.Service(
                                    "wipes",
                                    new Wipes(session, cluster.plan(), serving.gate())::run),
                            new Together.Service(
                                    "bring-up",
                                    () ->
                                            cluster.bringUp(
                                                    session.world(), folder, session.bootLog()))));
        } finally {
            ControlFile.remove(folder);
        }
    }

    private static Serving.LoaderWishes wishes(Session session, Order how) throws IOException {
        ClusterFolder folder = new ClusterFolder(session.folder());
        return new Serving.LoaderWishes(folder.notebook("loaders"), how.loaders());
    }

    /// The plan as it is now; the one that was begun with while the owner is in the middle of an
    /// edit that makes none.
    private static ClusterPlan current(Session session, ClusterPlan begun) {
        return session.plan().orElse(begun);
    }

    private static Ears ears(Session session, ClusterPlan plan, Ip4 here, Addresses who) {
        return Ears.open(
                new InetSocketAddress(here.inet(), Ears.PORT),
                plan.nodes().stream().map(Node::mac).toList(),
                who,
                session.bootLog(),
                session.clock());
    }

    /// What the cluster's boot mode says.
    static DhcpRole dhcp(Session session) throws IOException, InterruptedException {
        return switch (session.snapshot().draft().mode()) {
            case PROXY, UEFI_HTTP -> DhcpRole.PROXY;
            case ROUTER_TO_PC, ROUTER_TO_NAS, NAS_PROXY -> DhcpRole.LISTEN;
            case OWN_DHCP ->
                    Leasing.on(
                            Needs.adapter(session),
                            session.world(),
                            new ClusterFolder(session.folder()).notebook("leases"));
        };
    }

    private static BootTree tree(Session session, ClusterPlan plan, Ears ears)
            throws IOException, InterruptedException {
        URI here = Needs.gate(session);
        return Assemble.tree(
                plan, Needs.talos(session), here, here, n -> ears.sinks(n.mac()).kernelArgs());
    }
}
