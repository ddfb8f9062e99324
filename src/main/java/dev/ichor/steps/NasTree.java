package dev.ichor.steps;

import dev.ichor.boot.BootTree;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.RouterReport;
import dev.ichor.nas.NasBoot;
import dev.ichor.talos.GenInput;
import dev.ichor.talos.MachineConfigs;
import dev.ichor.talos.Secrets;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.URI;
import java.util.List;

/// The tree as the NAS gets it: in the modes in which it boots the machines by itself, with its
/// TFTP root and its containers.
final class NasTree {
    private static final int HTTP = 80;

    private NasTree() {}

    /// No secret lies on the NAS: its kernel arguments name this PC's gate for the first config.
    ///
    /// @param base where the NAS's Matchbox will answer
    static BootTree of(Session session, URI base) throws IOException, InterruptedException {
        ClusterPlan plan = Needs.plan(session);
        return around(
                session,
                base,
                Assemble.tree(plan, Needs.talos(session), base, Needs.gate(session)));
    }

    /// The same with the configs on the NAS.
    static BootTree withConfigs(Session session, URI base)
            throws IOException, InterruptedException {
        ClusterPlan plan = Needs.plan(session);
        Secrets secrets = session.vault().secrets();
        BootTree data = Assemble.tree(plan, Needs.talos(session), base, Needs.gate(session));
        GenInput input = MachineConfigs.of(plan);
        return around(
                session,
                base,
                ConfigsOnNas.in(data, plan, base, n -> MachineConfigs.node(input, secrets, n)));
    }

    private static BootTree around(Session session, URI base, BootTree data)
            throws IOException, InterruptedException {
        ClusterPlan plan = Needs.plan(session);
        return plan.mode().onNas()
                ? NasBoot.around(
                        data, plan, session.world().sources().loaders().get(), site(session, base))
                : data;
    }

    /// What the NAS's Container Manager is to run; empty where this PC boots the machines.
    ///
    /// @param configs whether the machines' configs lie on the NAS
    static String compose(Session session, URI base, boolean configs)
            throws IOException, InterruptedException {
        ClusterPlan plan = Needs.plan(session);
        return plan.mode().onNas() ? NasBoot.compose(plan, site(session, base), configs) : "";
    }

    private static NasBoot.Site site(Session session, URI base)
            throws IOException, InterruptedException {
        Ip4 nas = Ip4.parse(String.valueOf(base.getHost())).orElseThrow(() -> noAddress(base));
        Adapter adapter = Needs.adapter(session);
        boolean proxy = session.snapshot().draft().mode() == BootMode.NAS_PROXY;
        if (proxy && session.snapshot().results().router() == null) {
            GetReady.askRouter(session, session.world(), adapter);
        }
        @Nullable RouterReport router = session.snapshot().results().router();
        List<Ip4> servers =
                router == null
                        ? List.of()
                        : router.answers().stream().map(RouterReport.Answer::server).toList();
        return new NasBoot.Site(
                nas,
                base.getPort() < 0 ? HTTP : base.getPort(),
                adapter.subnet(),
                servers,
                session.snapshot().draft().mode() == BootMode.ROUTER_TO_NAS);
    }

    private static ProblemException noAddress(URI base) {
        return new ProblemException(
                "The NAS is called " + base.getHost() + " where its address is needed.",
                "iPXE and dnsmasq are given addresses only: no name server may be up yet.",
                "Write it as http://ADDRESS:8080, and have the router always give the NAS that"
                        + " address.");
    }
}
