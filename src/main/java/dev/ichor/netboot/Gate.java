package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.HashSet;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;

/// Lets a machine config out only while armed, for a machine of the plan, after *Approve*, to a
/// peer whose MAC in the neighbour table is that machine's. Safe for many threads.
public final class Gate {
    /// Talos gives up a request after 90 s; we answer before.
    private static final Duration HOLD = Duration.ofSeconds(80);

    /// A machine that goes on waiting is told again, so that it does not look dead.
    private static final Duration TELL_AGAIN = Duration.ofSeconds(20);

    /// A held request looks so often whether to tell again, as the waiting script does.
    private static final Duration SLICE = Duration.ofSeconds(2);

    private final Approval policy;
    private final Neighbours neighbours;
    private final ConfigSource configs;
    private final BootLog log;
    private final InstantSource clock;

    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private final Set<Mac> approved = new HashSet<>();
    private final Map<Mac, Instant> waiting = new HashMap<>();
    private boolean all;
    private boolean armed;

    /// Disarmed at first.
    public Gate(
            Approval policy,
            Neighbours neighbours,
            ConfigSource configs,
            BootLog log,
            InstantSource clock) {
        this.policy = policy;
        this.neighbours = neighbours;
        this.configs = configs;
        this.log = log;
        this.clock = clock;
        this.all = policy == Approval.ALL;
    }

    /// What becomes of a request for a config.
    sealed interface Decision {
        /// Hand it out.
        ///
        /// @param config the secret bytes, or null when the served folder has it
        record Give(Mac mac, byte @Nullable [] config) implements Decision {
            @Override
            public String toString() {
                return "Give[" + mac + "]";
            }
        }

        /// Answer as Matchbox does, ungated: no cluster is behind, and all are approved.
        record Open() implements Decision {}

        /// Answer 403.
        record Refuse(@Nullable Mac mac, String reason) implements Decision {}
    }

    /// The owner approves one machine.
    public void approve(Mac mac) {
        locked(() -> admit(mac));
    }

    /// The owner approves every machine of the plan, also those that come later.
    public void approveAll() {
        locked(() -> {
            all = true;
            Set.copyOf(waiting.keySet()).forEach(this::admit);
        });
    }

    /// Lets configs out to approved machines.
    public void arm() {
        locked(() -> arm(true));
    }

    /// Keeps every config in.
    public void disarm() {
        locked(() -> arm(false));
    }

    /// Whether configs may leave at all.
    public boolean armed() {
        return holding(() -> armed);
    }

    /// Whether the owner approved the machine.
    public boolean approved(Mac mac) {
        return holding(() -> all || approved.contains(mac));
    }

    /// Whether machines have to be approved at all.
    boolean asks() {
        return policy == Approval.ASK;
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /// Whether a machine may have its real script. One that may not is told to the owner.
    boolean mayBoot(Mac mac) {
        return holding(() -> {
            boolean yes = all || approved.contains(mac);
            if (!yes) {
                waits(mac);
            }
            return yes;
        });
    }

    /// Decides about a request for a config; waits for *Approve* when only that is missing.
    ///
    /// @param mac the machine it claims to be, or null
    /// @param from the TCP peer
    /// @throws IOException when the config cannot be rendered
    /// @throws InterruptedException when the server stops
    Decision ask(@Nullable Mac mac, Ip4 from) throws IOException, InterruptedException {
        Optional<byte[]> config = mac == null ? Optional.empty() : configs.configFor(mac);
        boolean cluster = configs != ConfigSource.NONE;
        if (!cluster && policy == Approval.ALL) {
            return new Decision.Open();
        }
        if (mac == null) {
            return new Decision.Refuse(null, "It asked for a config without saying its MAC.");
        }
        if (cluster && config.isEmpty()) {
            return new Decision.Refuse(mac, mac + " is not a machine of this cluster.");
        }
        String against = stranger(mac, from);
        if (against.isEmpty()) {
            // Not before: anybody can say a MAC, and the event tells the machine's address.
            log.append(new BootEvent.ConfigAsked(clock.instant(), mac, from));
            against = refusal(mac);
        }
        // The neighbour may have changed while it was held.
        against = against.isEmpty() ? stranger(mac, from) : against;
        return against.isEmpty()
                ? new Decision.Give(mac, config.orElse(null))
                : new Decision.Refuse(mac, against);
    }

    /// @return why the peer is not that machine, or empty
    private String stranger(Mac mac, Ip4 from) {
        Optional<Mac> seen = neighbours.macOf(from);
        if (seen.isEmpty()) {
            return from + " is not in this PC's neighbour table, so it cannot be told who asks.";
        }
        return seen.get().equals(mac)
                ? ""
                : from + " is " + seen.get() + " and asks for " + mac + ".";
    }

    /// Waits for the approval while armed, at most [#HOLD].
    ///
    /// @return why it gets nothing, or empty
    private String refusal(Mac mac) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            long left = HOLD.toNanos();
            while (armed && !all && !approved.contains(mac)) {
                waits(mac);
                if (left <= 0) {
                    return "It was not approved in time.";
                }
                long slice = Math.min(left, SLICE.toNanos());
                left -= slice - changed.awaitNanos(slice);
            }
            if (!armed) {
                return "The server is not armed.";
            }
            admit(mac);
            return "";
        } finally {
            lock.unlock();
        }
    }

    private void waits(Mac mac) {
        Instant now = clock.instant();
        Instant told = waiting.get(mac);
        if (told == null || now.isAfter(told.plus(TELL_AGAIN))) {
            waiting.put(mac, now);
            log.append(new BootEvent.WaitingForApproval(now, mac));
        }
    }

    private void admit(Mac mac) {
        waiting.remove(mac);
        if (approved.add(mac)) {
            log.append(new BootEvent.Approved(clock.instant(), mac));
        }
    }

    private void arm(boolean on) {
        if (armed != on) {
            armed = on;
            log.append(new BootEvent.GateChanged(clock.instant(), on));
        }
    }

    private void locked(Runnable change) {
        holding(() -> {
            change.run();
            changed.signalAll();
            return true;
        });
    }

    private boolean holding(java.util.function.BooleanSupplier question) {
        lock.lock();
        try {
            return question.getAsBoolean();
        } finally {
            lock.unlock();
        }
    }
}
