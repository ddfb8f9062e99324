package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.Role;
import dev.ichor.netboot.Gate;
import dev.ichor.talos.TalosConfig;
import dev.ichor.talos.api.TalosClient;

import java.io.IOException;
import java.util.List;
import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// Wipes machines over their own Talos API when the owner ordered that: newer Talos puts itself
/// first in the boot order, and a wipe over the network would never be asked for. A machine that
/// does not answer is wiped when it boots from the network next.
final class Wipes {
    private static final String ORDERED = "ordered";

    private final Session session;
    private final Cluster cluster;
    private final Gate gate;
    private final BlockingQueue<Mac> ordered = new LinkedBlockingQueue<>();

    /// @param cluster the machines, and where they are
    Wipes(Session session, Cluster cluster, Gate gate) {
        this.session = session;
        this.cluster = cluster;
        this.gate = gate;
    }

    /// Until interrupted.
    void run() throws InterruptedException {
        cluster.plan().nodes().stream().map(Node::mac).filter(gate::ordered).forEach(ordered::add);
        Runnable stop = session.bootLog().listen(this::heard);
        try {
            while (true) {
                Mac mac = ordered.take();
                Node node = cluster.plan().node(mac).orElse(null);
                Ip4 ip = cluster.addresses().of(mac).orElse(null);
                if (node != null && ip != null && gate.ordered(mac) && reset(node, ip)) {
                    gate.carriedOut(mac);
                }
            }
        } finally {
            stop.run();
        }
    }

    private void heard(BootEvent event) {
        if (event instanceof BootEvent.ActionChanged a && a.state().equals(ORDERED)) {
            ordered.add(a.mac());
        }
    }

    /// Leaves the cluster in order, if there is somebody left to leave it to.
    private boolean reset(Node node, Ip4 ip) {
        boolean last =
                node.role() == Role.CONTROL_PLANE && cluster.plan().controlPlanes().size() == 1;
        try (TalosClient client = client(ip)) {
            boolean meant = isMeant(node, client.hostname(), neighbour(ip));
            if (meant) {
                client.reset(!last);
            }
            return meant;
        } catch (IOException e) {
            System.getLogger(Wipes.class.getName())
                    .log(System.Logger.Level.INFO, "not wiped over the API: " + node.mac(), e);
            return false;
        }
    }

    /// Whether it is the very machine: it bears the name, and the MAC behind its address is its
    /// own. Two machines may be called alike, and an address goes to another one.
    static boolean isMeant(Node node, String hostname, Optional<Mac> behind) {
        return hostname.split("\\.", 2)[0].equalsIgnoreCase(node.hostname())
                && behind.filter(node.mac()::equals).isPresent();
    }

    private Optional<Mac> neighbour(Ip4 ip) throws IOException {
        return Optional.ofNullable(session.world().lan().neighbours().read().get(ip));
    }

    private TalosClient client(Ip4 ip) {
        World world = session.world();
        TalosConfig admin =
                TalosConfig.create(
                        cluster.plan().name(),
                        List.of(),
                        cluster.secrets(),
                        world.clock(),
                        world.random());
        return TalosClient.connect(ip, world.lan().wire().talosApi(), admin.identity());
    }
}
