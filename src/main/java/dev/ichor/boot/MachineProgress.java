package dev.ichor.boot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Collections;
import java.util.EnumMap;
import java.util.Map;

/// One machine's way as far as it was seen: one row of the live view.
///
/// @param mac the machine
/// @param stage how far it is
/// @param since when it got there
/// @param lastSeen when anything was last heard of it
/// @param reached when each stage of this boot was reached first
/// @param ip its address, or null
/// @param file what it fetches or fetched last, or empty
/// @param done bytes of that file so far
/// @param of bytes of that file in all
/// @param approved whether the owner has approved it and it does not wait anew
/// @param trouble what went wrong last, or empty
/// @param boots how many times it was seen starting
public record MachineProgress(
        Mac mac,
        Stage stage,
        Instant since,
        Instant lastSeen,
        Map<Stage, Instant> reached,
        @Nullable Ip4 ip,
        String file,
        long done,
        long of,
        boolean approved,
        String trouble,
        int boots) {

    /// Makes the map unmodifiable.
    public MachineProgress {
        reached = Collections.unmodifiableMap(reached);
    }

    /// A machine of which nothing was heard.
    public static MachineProgress waiting(Mac mac, Instant now) {
        return new MachineProgress(
                mac,
                Stage.WAITING,
                now,
                now,
                new EnumMap<>(Stage.class),
                null,
                "",
                0,
                0,
                false,
                "",
                0);
    }

    /// Whether it has been silent for longer than is normal in its stage.
    ///
    /// @param now the moment it is asked
    /// @param haste divides every limit; 1 on a real network
    public boolean stalled(Instant now, double haste) {
        Duration limit = stage.patience();
        return !limit.isZero()
                && Duration.between(lastSeen, now).toMillis() > limit.toMillis() / haste;
    }

    MachineProgress seen(Instant at) {
        return new MachineProgress(
                mac, stage, since, at, reached, ip, file, done, of, approved, trouble, boots);
    }

    /// Goes on to `next` unless it is further already.
    MachineProgress reach(Stage next, Instant at) {
        if (next.compareTo(stage) < 0 && !at.isAfter(since)) {
            return passed(next, at);
        }
        if (next.compareTo(stage) <= 0) {
            return seen(at);
        }
        Map<Stage, Instant> more = reachedCopy();
        more.putIfAbsent(next, at);
        return new MachineProgress(
                mac, next, at, at, more, ip, file, done, of, approved, "", boots);
    }

    /// Told late: what is heard by DHCP is told a moment after it was answered, and by then the
    /// next may have been told already.
    private MachineProgress passed(Stage earlier, Instant at) {
        Map<Stage, Instant> more = reachedCopy();
        more.putIfAbsent(earlier, at);
        return new MachineProgress(
                mac, stage, since, lastSeen, more, ip, file, done, of, approved, trouble, boots);
    }

    /// Starts anew: it was switched on, or reset.
    MachineProgress restart(Instant at) {
        Map<Stage, Instant> first = new EnumMap<>(Stage.class);
        first.put(Stage.DISCOVERED, at);
        return new MachineProgress(
                mac, Stage.DISCOVERED, at, at, first, ip, "", 0, 0, approved, "", boots + 1);
    }

    MachineProgress fetching(String name, long bytes, long all, Instant at) {
        return new MachineProgress(
                mac, stage, since, at, reached, ip, name, bytes, all, approved, trouble, boots);
    }

    MachineProgress at(Ip4 address, Instant when) {
        return new MachineProgress(
                mac, stage, since, when, reached, address, file, done, of, approved, trouble,
                boots);
    }

    MachineProgress approve(boolean yes) {
        return new MachineProgress(
                mac, stage, since, lastSeen, reached, ip, file, done, of, yes, trouble, boots);
    }

    MachineProgress trouble(String what, Instant at) {
        return new MachineProgress(
                mac, stage, since, at, reached, ip, file, done, of, approved, what, boots);
    }

    private Map<Stage, Instant> reachedCopy() {
        Map<Stage, Instant> copy = new EnumMap<>(Stage.class);
        copy.putAll(reached);
        return copy;
    }
}
