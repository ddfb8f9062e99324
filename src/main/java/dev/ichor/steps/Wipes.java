package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.cluster.Node;
import dev.ichor.netboot.Gate;

import java.io.IOException;
import java.util.Arrays;
import java.util.HashSet;
import java.util.List;
import java.util.Locale;
import java.util.Set;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;
import java.util.stream.Collectors;

/// Wipes machines over their own Talos API when the owner ordered that: newer Talos puts itself
/// first in the boot order, and a wipe over the network would never be asked for. A machine that
/// does not answer is wiped when it boots from the network next.
final class Wipes {
    private static final String ORDERED = "ordered";

    /// The actions that destroy, as they are told.
    private static final Set<String> WIPING =
            Arrays.stream(MachineAction.values())
                    .filter(MachineAction::destroys)
                    .map(a -> a.name().toLowerCase(Locale.ROOT))
                    .collect(Collectors.toUnmodifiableSet());

    private final Session session;
    private final ClusterPlan plan;
    private final Gate gate;
    private final BlockingQueue<BootEvent> changes = new LinkedBlockingQueue<>();
    private final Set<Mac> wiped = new HashSet<>();

    Wipes(Session session, ClusterPlan plan, Gate gate) {
        this.session = session;
        this.plan = plan;
        this.gate = gate;
    }

    /// Until interrupted.
    void run() throws InterruptedException {
        Runnable stop = session.bootLog().listen(this::heard);
        plan.nodes().stream().map(Node::mac).filter(gate::ordered).forEach(this::reset);
        try {
            while (true) {
                switch (changes.take()) {
                    case BootEvent.ActionChanged a when a.state().equals(ORDERED) -> reset(a.mac());
                    case BootEvent.ActionChanged a -> wiped(a.mac());
                    case BootEvent e -> wiped.remove(e.mac());
                }
            }
        } finally {
            stop.run();
        }
    }

    private void heard(BootEvent event) {
        boolean wipe = event instanceof BootEvent.ActionChanged a && WIPING.contains(a.action());
        if (wipe || event instanceof BootEvent.ApiAnswered) {
            changes.add(event);
        }
    }

    private void reset(Mac mac) {
        if (!gate.ordered(mac)) {
            return;
        }
        try (Nodes nodes = new Nodes(session)) {
            nodes.reset(List.of(mac));
            gate.carriedOut(mac);
        } catch (IOException e) {
            tell("not wiped over the API: " + mac, e);
        }
    }

    /// Once every control plane was wiped, and none installed meanwhile, the data of etcd are gone,
    /// and it has to be bootstrapped again.
    private void wiped(Mac mac) {
        wiped.add(mac);
        if (wiped.containsAll(plan.controlPlanes().stream().map(Node::mac).toList())) {
            wiped.clear();
            try {
                new BootstrapFile(new ClusterFolder(session.folder())).forget();
            } catch (IOException e) {
                tell("the bootstrap is not forgotten", e);
            }
        }
    }

    private static void tell(String what, IOException e) {
        System.getLogger(Wipes.class.getName()).log(System.Logger.Level.INFO, what, e);
    }
}
