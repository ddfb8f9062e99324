package dev.ichor.cluster;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.List;
import java.util.SortedMap;
import java.util.TreeMap;

/// What the owner has said so far; gaps are allowed everywhere.
///
/// @param clusterName name of the cluster, or empty
/// @param endpoint `https://host:6443`, or empty to take the first control plane's address
/// @param talos Talos release such as `v1.13.9`
/// @param kubernetes Kubernetes release without `v`, such as `1.36.3`
/// @param image where Talos' files come from
/// @param adapter id of the chosen [Adapter], or empty
/// @param mode who answers the network boot
/// @param machines every machine found, by MAC
/// @param wishes the machines that take part, by MAC
/// @param nas where the tree is copied to, or null to boot from this PC alone
/// @param options what is set for all machines
public record Draft(
        String clusterName,
        String endpoint,
        String talos,
        String kubernetes,
        Image image,
        String adapter,
        BootMode mode,
        SortedMap<Mac, Machine> machines,
        SortedMap<Mac, Wish> wishes,
        @Nullable NasTarget nas,
        ClusterOptions options) {

    /// What the owner wants of one machine.
    ///
    /// @param role its place in the cluster
    /// @param hostname name it gets
    /// @param disk where Talos goes
    /// @param life how it starts once installed
    /// @param fixed its address, or null to ask a DHCP server
    public record Wish(
            Role role, String hostname, InstallDisk disk, Life life, @Nullable FixedAddress fixed) {
        /// One that asks a DHCP server for its address.
        public Wish(Role role, String hostname, InstallDisk disk, Life life) {
            this(role, hostname, disk, life, null);
        }

        /// In another role.
        public Wish as(Role other) {
            return new Wish(other, hostname, disk, life, fixed);
        }

        /// Under another name.
        public Wish named(String name) {
            return new Wish(role, name, disk, life, fixed);
        }

        /// On another disk.
        public Wish on(InstallDisk other) {
            return new Wish(role, hostname, other, life, fixed);
        }

        /// With a fixed address, or null for none.
        public Wish at(@Nullable FixedAddress address) {
            return new Wish(role, hostname, disk, life, address);
        }
    }

    /// Copies the maps.
    public Draft {
        machines = Collections.unmodifiableSortedMap(new TreeMap<>(machines));
        wishes = Collections.unmodifiableSortedMap(new TreeMap<>(wishes));
    }

    /// A draft in which nothing was said yet; versions are the newest that are known to work
    /// together.
    public static Draft empty() {
        return new Draft(
                "home-lab",
                "",
                "v1.13.9",
                "1.36.3",
                new Image.Release(),
                "",
                BootMode.PROXY,
                new TreeMap<>(),
                new TreeMap<>(),
                null,
                ClusterOptions.NONE);
    }

    /// Everything that stands between this draft and a plan, all at once, in words the owner can
    /// act on.
    public List<Problem> problems() {
        return DraftCheck.problems(this);
    }

    /// What Talos takes and the owner may regret; none of it stands in the way of a plan.
    public List<Problem> warnings() {
        return DraftWarnings.of(this);
    }

    /// The plan.
    ///
    /// @throws IllegalStateException while there are problems
    public ClusterPlan plan() {
        List<Problem> problems = problems();
        if (!problems.isEmpty()) {
            throw new IllegalStateException("the draft is not a plan yet: " + problems.getFirst());
        }
        List<Node> nodes = new ArrayList<>();
        wishes.forEach((mac, w) ->
                nodes.add(
                        new Node(
                                machine(mac),
                                w.hostname(),
                                w.role(),
                                w.disk(),
                                w.life(),
                                w.fixed())));
        return new ClusterPlan(
                clusterName,
                DraftCheck.endpointOf(this),
                TalosVersion.of(talos),
                kubernetes,
                image,
                mode,
                nodes,
                options);
    }

    /// What is known of a machine, at least its MAC.
    public Machine machine(Mac mac) {
        return machines.getOrDefault(mac, Machine.of(mac));
    }

    /// With another name.
    public Draft named(String name) {
        return called(name, endpoint);
    }

    /// With another endpoint, or empty.
    public Draft reachedAt(String url) {
        return called(clusterName, url);
    }

    private Draft called(String name, String url) {
        return new Draft(
                name, url, talos, kubernetes, image, adapter, mode, machines, wishes, nas, options);
    }

    /// With other releases.
    public Draft versions(String talosRelease, String kubernetesRelease) {
        return running(talosRelease, kubernetesRelease, image);
    }

    /// With Talos from elsewhere, or with other extensions.
    public Draft built(Image other) {
        return running(talos, kubernetes, other);
    }

    private Draft running(String talosRelease, String kubernetesRelease, Image what) {
        return new Draft(
                clusterName,
                endpoint,
                talosRelease,
                kubernetesRelease,
                what,
                adapter,
                mode,
                machines,
                wishes,
                nas,
                options);
    }

    /// With another adapter.
    public Draft on(String adapterId) {
        return booted(adapterId, mode);
    }

    /// With another boot mode.
    public Draft booting(BootMode other) {
        return booted(adapter, other);
    }

    private Draft booted(String adapterId, BootMode how) {
        return new Draft(
                clusterName,
                endpoint,
                talos,
                kubernetes,
                image,
                adapterId,
                how,
                machines,
                wishes,
                nas,
                options);
    }

    /// With a machine seen (again).
    public Draft found(Machine machine) {
        SortedMap<Mac, Machine> more = new TreeMap<>(machines);
        more.merge(machine.mac(), machine, Machine::merge);
        return of(more, wishes);
    }

    /// With a machine taking part as `wish` says.
    public Draft assign(Mac mac, Wish wish) {
        SortedMap<Mac, Wish> more = new TreeMap<>(wishes);
        more.put(mac, wish);
        return of(machines, more);
    }

    /// With a machine that does not take part.
    public Draft release(Mac mac) {
        SortedMap<Mac, Wish> fewer = new TreeMap<>(wishes);
        fewer.remove(mac);
        return of(machines, fewer);
    }

    private Draft of(SortedMap<Mac, Machine> all, SortedMap<Mac, Wish> part) {
        return new Draft(
                clusterName,
                endpoint,
                talos,
                kubernetes,
                image,
                adapter,
                mode,
                all,
                part,
                nas,
                options);
    }

    /// With another NAS, or null for none.
    public Draft copiedTo(@Nullable NasTarget target) {
        return set(target, options);
    }

    /// With other options.
    public Draft with(ClusterOptions other) {
        return set(nas, other);
    }

    private Draft set(@Nullable NasTarget target, ClusterOptions other) {
        return new Draft(
                clusterName,
                endpoint,
                talos,
                kubernetes,
                image,
                adapter,
                mode,
                machines,
                wishes,
                target,
                other);
    }
}
