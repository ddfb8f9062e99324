package dev.ichor.ui;

import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Role;
import dev.ichor.diagnosis.Cause;
import dev.ichor.diagnosis.Finding;

import org.jspecify.annotations.Nullable;

import java.util.EnumSet;
import java.util.List;
import java.util.Set;

/// What one machine's row or card shows.
///
/// @param who the machine
/// @param way where it is
/// @param state that in words
/// @param meter figures
/// @param line the last thing that was heard of it, or its trouble
record RowView(Who who, Way way, String state, Meter meter, String line) {
    /// A machine that is perhaps only switched off.
    private static final Set<Cause> WAITS = EnumSet.of(Cause.SILENT, Cause.NOT_WOKEN);

    /// The machine.
    ///
    /// @param mac its identity
    /// @param name host name, or the MAC when it is not in the plan
    /// @param role its role, or null when it is not in the plan
    /// @param ip its address, or null
    record Who(Mac mac, String name, @Nullable Role role, @Nullable Ip4 ip) {
        /// MAC and address.
        String address() {
            return ip == null ? mac.toString() : mac + " · " + ip;
        }

        /// The one that tells more.
        String brief() {
            return ip == null ? mac.toString() : ip.toString();
        }
    }

    /// Where it is.
    ///
    /// @param leg the leg it is on, or null before the first packet
    /// @param reached the legs that were seen
    /// @param health whether it needs its owner
    /// @param needs what it wants of its owner
    record Way(@Nullable Leg leg, Set<Leg> reached, Health health, Needs needs) {}

    /// What it wants of its owner.
    ///
    /// @param approval whether it waits for *Approve*
    /// @param disks those to choose from, while it waits for that
    /// @param finding why it does not boot, or null
    record Needs(boolean approval, List<Disk> disks, @Nullable Finding finding) {
        boolean any() {
            return approval
                    || !disks.isEmpty()
                    || (finding != null && !WAITS.contains(finding.cause()));
        }
    }

    /// Figures.
    ///
    /// @param fraction of the whole way, 0 to 1
    /// @param bytesPerSecond while it fetches something, else 0
    /// @param elapsed since its first packet
    record Meter(double fraction, double bytesPerSecond, String elapsed) {}
}
