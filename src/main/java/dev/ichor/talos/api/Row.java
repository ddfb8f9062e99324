package dev.ichor.talos.api;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.FleetProgress;
import dev.ichor.boot.MachineProgress;
import dev.ichor.boot.Stage;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Node;
import dev.ichor.talos.api.TalosClient.ServiceState;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.HashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;

/// What is known of one machine since it was last switched on, and so what is news. Safe for many
/// threads; never calls out, so that it may be told from within the log.
final class Row {
    static final String ETCD = "etcd";

    /// The services that say how far a node is.
    private static final Set<String> TELLING = Set.of(Row.ETCD, "kubelet");

    private final Node node;
    private FleetProgress progress;
    private final Map<String, ServiceState> services = new HashMap<>();
    private int boot;
    private boolean answered;
    private boolean connected;
    private String fingerprint = "";
    private String disksOf = "";
    private String trouble = "";
    private int given;
    private boolean unanswered;
    private boolean servicesRead;
    private @Nullable KubeNode said;
    private String bootId = "";
    private String staleBootId = "";

    Row(Node node, Instant now) {
        this.node = node;
        this.progress = FleetProgress.of(List.of(node.mac()), now);
    }

    Mac mac() {
        return node.mac();
    }

    String hostname() {
        return node.hostname();
    }

    /// Whether a name, with or without a domain, is this host name.
    static boolean named(String name, String hostname) {
        return name.split("\\.", 2)[0].equalsIgnoreCase(hostname);
    }

    /// Takes in an event about this machine. When it starts again, all that was known is void.
    synchronized void heard(BootEvent event) {
        if (event instanceof BootEvent.Approved) {
            given = 0;
        }
        progress = progress.after(List.of(event));
        MachineProgress now = Objects.requireNonNull(progress.machines().get(mac()));
        if (now.boots() != boot) {
            boot = now.boots();
            answered = false;
            connected = false;
            fingerprint = "";
            disksOf = "";
            given = 0;
            trouble = "";
            servicesRead = false;
            services.clear();
            said = null;
            staleBootId = bootId;
        }
    }

    /// Which start of the machine this is; answers to questions asked in an earlier one are void.
    synchronized int boot() {
        return boot;
    }

    /// Whether it is not known who answers at its address now.
    synchronized boolean waitsForAnswer() {
        return !connected;
    }

    /// Whether its API answering is news.
    synchronized boolean answers(int when) {
        boolean news = when == boot && !answered;
        answered |= when == boot;
        connected = when == boot;
        return news;
    }

    /// Its connection broke: who answers next is not known.
    synchronized void lost() {
        connected = false;
    }

    /// Whether it is news that it waits for a config and shows this fingerprint.
    synchronized boolean shows(String now) {
        boolean news = !now.equals(fingerprint);
        fingerprint = now;
        return news;
    }

    /// Whether its disks are still to be read.
    synchronized boolean asksForDisk(String now) {
        boolean news = !now.equals(disksOf);
        disksOf = now;
        return news;
    }

    /// Whether this is another trouble than the last one.
    synchronized boolean troubled(String now) {
        boolean news = !now.equals(trouble);
        trouble = now;
        return news;
    }

    /// Whether it was not given this config yet since it has been waiting, or since it was approved
    /// last.
    synchronized boolean wants(String config) {
        return given != config.hashCode();
    }

    /// It has answered to this config, by taking or refusing it.
    synchronized void given(String config) {
        given = config.hashCode();
        unanswered = false;
    }

    /// Nothing came back to the config it was given: it may have gone to install it.
    synchronized void unanswered() {
        unanswered = true;
    }

    /// Whether it turns out that it has taken such a config; once.
    synchronized boolean hasTaken() {
        boolean news = unanswered;
        unanswered = false;
        return news;
    }

    /// The services whose state is news.
    synchronized List<ServiceState> news(int when, List<ServiceState> now) {
        if (when != boot) {
            return List.of();
        }
        servicesRead = true;
        return now.stream()
                .filter(s -> TELLING.contains(s.id()))
                .filter(s -> !s.equals(services.put(s.id(), s)))
                .toList();
    }

    /// Whether what Kubernetes says of it is news. Kubernetes goes on calling a machine Ready for
    /// 40 s after it was switched off, and its old self until it has joined again: so a Ready
    /// counts only when the machine's own API has answered in this boot, its services are well, and
    /// the boot id is not the one from before.
    synchronized boolean news(KubeNode now) {
        bootId = now.bootId();
        boolean stale = !now.bootId().isEmpty() && now.bootId().equals(staleBootId);
        if (!answered || stale || (now.ready() && !well())) {
            return false;
        }
        boolean news = !now.equals(said);
        said = now;
        return news;
    }

    private boolean well() {
        return servicesRead && services.values().stream().allMatch(ServiceState::healthy);
    }

    /// Whether etcd waits to be bootstrapped here.
    synchronized boolean etcdWaits() {
        ServiceState etcd = services.get(ETCD);
        return etcd != null && !etcd.healthy();
    }

    /// Whether etcd runs here.
    synchronized boolean etcdRuns() {
        ServiceState etcd = services.get(ETCD);
        return etcd != null && etcd.healthy();
    }

    /// Whether its API may have something to tell: not while its firmware is busy, and not when it
    /// is Ready. Kubernetes tells when it is no more.
    ///
    /// @param quiet silence after which it may have gone its own way, from its own disk
    synchronized boolean worthALook(Instant now, Duration quiet) {
        MachineProgress m = Objects.requireNonNull(progress.machines().get(mac()));
        boolean starts = m.stage() != Stage.WAITING && m.stage().compareTo(Stage.INITRAMFS) <= 0;
        boolean busy = starts && Duration.between(m.lastSeen(), now).compareTo(quiet) < 0;
        boolean ready = said != null && said.ready();
        return !ready && !busy;
    }
}
