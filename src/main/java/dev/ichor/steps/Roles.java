package dev.ichor.steps;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Role;

import java.util.ArrayList;
import java.util.Comparator;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Who does what: a proposal from what the machines told of themselves, names by a pattern, and
/// addresses in a row. Pure functions of the draft.
public final class Roles {
    /// `{role}` is `control` or `worker`, `{n}` counts from 1.
    public static final String NAMES = "{role}-{n}";

    private static final String ROLE = "{role}";
    private static final String NUMBER = "{n}";

    /// The disk most thin clients have; the owner may change it per machine.
    private static final InstallDisk FIRST_DISK = new InstallDisk.Device("/dev/sda");

    /// From so many machines on three control planes are worth it; fewer need their workers.
    private static final int ENOUGH_FOR_THREE = 5;

    /// More memory first, then a processor that is known to be new enough, then an address that is
    /// known already: the cluster is reached there.
    private static final Comparator<Machine> STRONGEST =
            Comparator.comparing((Machine m) -> m.hardware().memoryMiB())
                    .thenComparing(m -> m.hardware().cpu())
                    .thenComparing(m -> m.ip() != null)
                    .reversed()
                    .thenComparing(Machine::mac);

    private Roles() {}

    /// Every machine that can boot Talos from the network takes part. The strongest become control
    /// planes, an odd number: one, or three of five machines and more. Wishes that stand are kept.
    public static Draft suggest(Draft draft) {
        List<Machine> free =
                draft.machines().values().stream()
                        .filter(m -> !draft.wishes().containsKey(m.mac()))
                        .filter(m -> m.pxe() || m.ports().contains(Machine.TALOS_API))
                        .filter(m -> m.fits(Role.WORKER))
                        .sorted(STRONGEST)
                        .toList();
        Set<Mac> planes =
                free.stream()
                        .filter(m -> m.fits(Role.CONTROL_PLANE))
                        .limit(missing(draft, free))
                        .map(Machine::mac)
                        .collect(Collectors.toSet());
        Draft d = draft;
        for (Mac mac : free.stream().map(Machine::mac).sorted().toList()) {
            d = assign(d, mac, planes.contains(mac) ? Role.CONTROL_PLANE : Role.WORKER);
        }
        return d;
    }

    /// How many control planes to add, so that there are enough and their number is odd, as far as
    /// the free machines allow it.
    private static long missing(Draft d, List<Machine> free) {
        long now = d.wishes().values().stream().filter(w -> w.role() == Role.CONTROL_PLANE).count();
        long able = free.stream().filter(m -> m.fits(Role.CONTROL_PLANE)).count();
        int wanted = d.wishes().size() + free.size() >= ENOUGH_FOR_THREE ? 3 : 1;
        long add = Math.min(able, Math.max(wanted - now, 0));
        if ((now + add) % 2 == 1) {
            return add;
        }
        return add > 0 ? add - 1 : Math.min(able, 1);
    }

    /// Gives every machine that takes part a name by the pattern, control planes first, then by
    /// MAC.
    ///
    /// @param pattern such as `futro-{n}` or [#NAMES]; without `{n}` the number is put at its end
    public static Draft rename(Draft draft, String pattern) {
        Draft d = draft;
        Set<String> used = new HashSet<>();
        for (Map.Entry<Mac, Draft.Wish> e : inOrder(draft)) {
            d = d.assign(e.getKey(), e.getValue().named(next(pattern, e.getValue().role(), used)));
        }
        return d;
    }

    /// Gives every machine that takes part an address of its own, one after the other from `first`
    /// on; those that another machine has are left out.
    public static Draft reserve(Draft draft, FixedAddress first) {
        Set<Mac> part = draft.wishes().keySet();
        Set<Ip4> taken =
                draft.machines().values().stream()
                        .filter(m -> !part.contains(m.mac()))
                        .map(Machine::ip)
                        .filter(Objects::nonNull)
                        .collect(Collectors.toCollection(HashSet::new));
        Ip4 vip = draft.options().vip();
        Stream.of(first.gateway(), vip == null ? first.gateway() : vip).forEach(taken::add);
        Draft d = draft;
        Ip4 next = first.address();
        for (Map.Entry<Mac, Draft.Wish> e : inOrder(draft)) {
            while (!taken.add(next)) {
                next = next.plus(1);
            }
            FixedAddress own =
                    new FixedAddress(next, first.prefix(), first.gateway(), first.nameservers());
            d = d.assign(e.getKey(), e.getValue().at(own));
        }
        return d;
    }

    /// Lets every machine ask a DHCP server for its address again.
    public static Draft unreserve(Draft draft) {
        Draft d = draft;
        for (Map.Entry<Mac, Draft.Wish> e : inOrder(draft)) {
            d = d.assign(e.getKey(), e.getValue().at(null));
        }
        return d;
    }

    /// Changes one machine's role and keeps everything else the owner said of it.
    public static Draft assign(Draft d, Mac mac, Role role) {
        Draft.Wish was = d.wishes().get(mac);
        if (was != null) {
            return d.assign(mac, was.as(role));
        }
        Set<String> used =
                d.wishes().values().stream()
                        .map(Draft.Wish::hostname)
                        .collect(Collectors.toCollection(HashSet::new));
        return d.assign(
                mac,
                new Draft.Wish(role, next(NAMES, role, used), FIRST_DISK, Life.ALWAYS_NETBOOT));
    }

    private static List<Map.Entry<Mac, Draft.Wish>> inOrder(Draft d) {
        List<Map.Entry<Mac, Draft.Wish>> all = new ArrayList<>(d.wishes().entrySet());
        all.sort(Comparator.comparing(e -> e.getValue().role() != Role.CONTROL_PLANE));
        return all;
    }

    /// The first name of the pattern that is free.
    private static String next(String pattern, Role role, Set<String> used) {
        String word = role == Role.CONTROL_PLANE ? "control" : "worker";
        String stem = pattern.contains(NUMBER) ? pattern : pattern + "-" + NUMBER;
        int n = 1;
        String name;
        do {
            name = stem.replace(ROLE, word).replace(NUMBER, Integer.toString(n++));
        } while (!used.add(name));
        return name;
    }
}
