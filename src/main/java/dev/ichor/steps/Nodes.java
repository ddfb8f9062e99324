package dev.ichor.steps;

import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.TalosVersion;
import dev.ichor.talos.ClientIdentity;
import dev.ichor.talos.Sinks;
import dev.ichor.talos.TalosConfig;
import dev.ichor.talos.api.TalosClient;

import java.io.IOException;
import java.time.Duration;
import java.util.List;
import java.util.function.Consumer;

/// What the owner can have done to installed machines, over their own API: restart, switch off,
/// back to the drawer, another release. Each is called at its own address, and only after its own
/// MAC was read there.
public final class Nodes implements AutoCloseable {
    /// How long a machine may take to come back with another release.
    private static final Duration UPGRADE = Duration.ofMinutes(20);

    private static final Duration LOOK = Duration.ofSeconds(3);

    private final Session session;
    private final ClusterPlan plan;
    private final Addresses addresses;
    private final ClientIdentity admin;

    /// Of a session whose plan is complete.
    ///
    /// @throws ProblemException when it is not
    public Nodes(Session session) throws IOException {
        this.session = session;
        this.plan = Needs.plan(session);
        this.addresses = new Addresses(plan, session.world(), session.bootLog());
        this.admin =
                TalosConfig.create(
                                plan.name(),
                                List.of(),
                                session.vault().secrets(),
                                session.clock(),
                                session.world().random())
                        .identity();
    }

    private interface Order {
        void give(TalosClient client) throws IOException;
    }

    /// Restarts a machine.
    ///
    /// @throws IOException when it is away or refuses
    public void reboot(Mac mac) throws IOException {
        give(mac, TalosClient::reboot);
    }

    /// Switches a machine off.
    ///
    /// @throws IOException when it is away or refuses
    public void shutdown(Mac mac) throws IOException {
        give(mac, TalosClient::shutdown);
    }

    /// Wipes machines' configs and data: they are back in the drawer. A control plane leaves etcd
    /// first, unless all of them go: then the cluster is over, and may be begun anew.
    ///
    /// @throws IOException when one is away or refuses; those before it are wiped
    public void reset(List<Mac> macs) throws IOException {
        List<Mac> controlPlanes = plan.controlPlanes().stream().map(Node::mac).toList();
        boolean over = macs.containsAll(controlPlanes);
        for (Mac mac : macs) {
            give(mac, client -> client.reset(!over));
        }
        if (over) {
            new BootstrapFile(new ClusterFolder(session.folder())).forget();
        }
    }

    /// Brings machines to the plan's release of Talos, one after the other, workers first; each has
    /// to come back before the next one goes.
    ///
    /// @param told a line about each
    /// @throws IOException when one is away, refuses or does not come back; those after it stay
    public void upgrade(List<Mac> macs, Consumer<String> told)
            throws IOException, InterruptedException {
        for (Role role : List.of(Role.WORKER, Role.CONTROL_PLANE)) {
            for (Mac mac : macs) {
                if (node(mac).role() == role) {
                    upgrade(mac, told);
                }
            }
        }
    }

    private void upgrade(Mac mac, Consumer<String> told) throws IOException, InterruptedException {
        String wanted = plan.talos().toString();
        String name = node(mac).hostname();
        if (version(mac).equals(wanted)) {
            told.accept(name + " runs " + wanted + " already");
            return;
        }
        told.accept(name + " installs " + wanted);
        give(mac, client -> client.upgrade(plan.installerImage()));
        long looks = UPGRADE.dividedBy(LOOK);
        for (long i = 0; i < looks; i++) {
            Thread.sleep(pause());
            if (isBack(mac, wanted)) {
                told.accept(name + " runs " + wanted);
                return;
            }
        }
        throw new ProblemException(
                name + " did not come back with " + wanted + ".",
                "It may have started what it had before, or the installation failed.",
                "Look at its screen; the machines after it were left alone.");
    }

    private Duration pause() {
        return Duration.ofMillis((long) (LOOK.toMillis() / session.haste()));
    }

    private boolean isBack(Mac mac, String wanted) {
        try {
            return version(mac).equals(wanted);
        } catch (IOException e) {
            return false;
        }
    }

    private String version(Mac mac) throws IOException {
        try (TalosClient client = open(mac)) {
            return client.version();
        }
    }

    /// Takes the addresses of this PC's log and event sinks out of a machine's config: it must not
    /// go on talking to a PC that may be gone.
    ///
    /// @throws IOException when it is away or refuses
    void quieten(Mac mac) throws IOException {
        give(
                mac,
                client -> {
                    String config = client.config();
                    String without = Sinks.outOf(config);
                    if (!without.equals(config)) {
                        client.applyRunning(without);
                    }
                });
    }

    private void give(Mac mac, Order order) throws IOException {
        try (TalosClient client = open(mac)) {
            order.give(client);
        }
    }

    /// @throws ProblemException when another machine answers
    private TalosClient open(Mac mac) throws IOException {
        Node node = node(mac);
        Ip4 at = addresses.of(mac).orElseThrow(() -> nowhere(node));
        TalosClient client =
                TalosClient.connect(at, session.world().lan().wire().talosApi(), admin);
        try {
            if (client.macs().contains(mac)) {
                return client;
            }
        } catch (IOException e) {
            client.close();
            throw e;
        }
        client.close();
        throw new ProblemException(
                "Another machine than " + node.hostname() + " answers at " + at + ".",
                "The router gave the address to another one meanwhile.",
                "Reserve the machines' addresses in the router.");
    }

    private Node node(Mac mac) throws ProblemException {
        return plan.node(mac)
                .orElseThrow(() ->
                        new ProblemException(
                                mac + " is not a machine of this cluster.",
                                "",
                                "Name one of: "
                                        + String.join(
                                                ", ",
                                                plan.nodes().stream()
                                                        .map(n -> n.mac().toString())
                                                        .toList())
                                        + "."));
    }

    private static ProblemException nowhere(Node node) {
        return new ProblemException(
                "Where " + node.hostname() + " is on the network is not known.",
                "It was not heard since this PC was switched on.",
                "Switch it on, or let it be found: ichor discover.");
    }

    /// Moves the whole cluster to another release: what is served, and what is installed.
    ///
    /// @throws ProblemException when the release is not one
    public static void release(Session session, String talos) throws IOException {
        TalosVersion version =
                TalosVersion.parse(talos)
                        .orElseThrow(() ->
                                new ProblemException(
                                        "\"" + talos + "\" is no Talos release.",
                                        "",
                                        "Name one such as v1.13.9."));
        session.edit(d -> d.versions(version.toString(), d.kubernetes()));
    }

    @Override
    public void close() {
        addresses.close();
    }
}
