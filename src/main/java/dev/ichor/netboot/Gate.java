package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.locks.Condition;
import java.util.concurrent.locks.ReentrantLock;
import java.util.function.Supplier;

/// Decides what each machine of the plan boots, and lets a config out only while armed, for a
/// machine of the plan, within the owner's approval, to the peer that is bound to this boot by
/// neighbour table, downloads and token. Safe for many threads; survives a restart by its store.
public final class Gate {
    private static final String NAME = "gate";
    private static final String DISARMED = "disarmed\n";

    private final Rules rules;
    private final Neighbours neighbours;
    private final ConfigSource configs;
    private final BootLog log;
    private final InstantSource clock;
    private final Memory memory;
    private final Dispatch dispatch;
    private final Admission admission;
    private final ReentrantLock lock = new ReentrantLock();
    private final Condition changed = lock.newCondition();
    private boolean armed;

    /// Disarmed at first.
    public Gate(
            Rules rules,
            Neighbours neighbours,
            ConfigSource configs,
            BootLog log,
            InstantSource clock) {
        this.rules = rules;
        this.neighbours = neighbours;
        this.configs = configs;
        this.log = log;
        this.clock = clock;
        this.memory = new Memory(rules, log, clock);
        this.dispatch = new Dispatch(rules, memory, clock);
        this.admission = new Admission(rules, memory, log, clock);
    }

    /// What becomes of a request for a config.
    sealed interface Decision {
        /// Hand out the part without secrets, after which the machine waits for the rest.
        record Part(Mac mac, byte[] config) implements Decision {}

        /// Hand it out; what became of it is told with [#handedOut] or [#brokeOff].
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

    /// The owner approves one machine: for one chain of attempts, and whatever was doubtful.
    public void approve(Mac mac) {
        locked(() -> memory.admit(mac));
    }

    /// The owner approves every machine never approved yet, also later ones. Doubts stay.
    public void approveAll() {
        locked(memory::admitAll);
    }

    /// Lets configs out to approved machines.
    public void arm() {
        locked(() -> arm(true));
    }

    /// Keeps every config in, also after a restart, until armed again.
    public void disarm() {
        locked(() -> arm(false));
    }

    /// Arms, unless the owner had disarmed it when the program ended.
    ///
    /// @throws IOException when that cannot be read
    public void begin() throws IOException {
        if (rules.store().read(NAME).filter(DISARMED::equals).isEmpty()) {
            arm();
        } else {
            log.append(new BootEvent.GateChanged(clock.instant(), false));
        }
    }

    /// Whether configs may leave at all.
    public boolean armed() {
        return holding(() -> armed);
    }

    /// Whether the owner's approval covers the machine now.
    public boolean approved(Mac mac) {
        return holding(() -> memory.approved(mac));
    }

    /// Whether the config may be pushed to a machine that waits in maintenance mode, its own MAC
    /// having been read there; if only the owner's word is missing, that is told.
    ///
    /// @param at where it waits; another machine's address by the neighbour table gets nothing
    public boolean mayPush(Mac mac, Ip4 at) {
        boolean other = neighbours.macOf(at).filter(m -> !m.equals(mac)).isPresent();
        return !other && holding(() -> armed && admission.mayPush(mac, at));
    }

    /// The config was pushed, or may have been: a hand-out of the approved chain.
    public void pushed(Mac mac, byte[] config) {
        locked(() -> memory.handedOut(mac, config));
    }

    /// The machine's own Talos API proved, by mutual TLS with this cluster's authority and its own
    /// MAC read there, that it is installed. Nothing else may call this.
    public void installed(Mac mac) {
        locked(() -> memory.installed(mac));
    }

    /// The owner wants something done to a machine, once. The caller has had it confirmed.
    public void order(Mac mac, MachineAction action) {
        if (!action.destroys()) {
            throw new IllegalArgumentException("not for the gate: " + action);
        }
        locked(() -> memory.order(mac, action));
    }

    /// The owner wants the machine to start from its disk when it boots from the network next.
    public void bootLocally(Mac mac) {
        locked(() -> dispatch.bootLocally(mac));
    }

    /// Whether something that was ordered is still to be done.
    public boolean ordered(Mac mac) {
        return holding(() -> memory.of(mac).ordered());
    }

    /// What was ordered was done over the machine's own API.
    public void carriedOut(Mac mac) {
        locked(() -> memory.wiped(mac, "done over its Talos API"));
    }

    /// Whether machines have to be approved at all.
    boolean asks() {
        return rules.policy() == Approval.ASK;
    }

    /// Whether a machine's scripts are ours to decide; if not, they are the folder's.
    boolean decides(Mac mac) {
        boolean folder = rules.policy() == Approval.ALL && configs == ConfigSource.NONE;
        return !folder && rules.lives().apply(mac).isPresent();
    }

    /// How the machine starts once installed.
    Life life(Mac mac) {
        return rules.lives().apply(mac).orElse(Life.ALWAYS_NETBOOT);
    }

    Neighbours neighbours() {
        return neighbours;
    }

    /// Decides what a machine boots now, and remembers that it was told.
    ///
    /// @param mac one that [#decides]
    Dispatch.Script script(Mac mac, Visitor v) {
        Optional<Mac> seen = neighbours.macOf(v.from());
        Dispatch.Plan plan = new Dispatch.Plan(life(mac), configs.withoutSecrets(mac).isPresent());
        return holding(() -> dispatch.script(mac, v, seen, plan));
    }

    /// A peer has fetched something in full.
    void fetched(Ip4 peer, MachineState.Fetched what) {
        neighbours.macOf(peer).ifPresent(mac -> locked(() -> memory.fetched(mac, peer, what)));
    }

    /// The config is out in full.
    void handedOut(Mac mac, byte[] config) {
        locked(() -> {
            admission.ended(mac);
            memory.handedOut(mac, config);
        });
    }

    /// The config did not get out in full: the machine may ask again.
    void brokeOff(Mac mac) {
        locked(() -> admission.ended(mac));
    }

    /// Decides about a request for a config; waits for *Approve* when only that is missing.
    ///
    /// @throws IOException when the config cannot be rendered
    /// @throws InterruptedException when the server stops
    Decision ask(Visitor v) throws IOException, InterruptedException {
        boolean cluster = configs != ConfigSource.NONE;
        if (!cluster && rules.policy() == Approval.ALL) {
            return new Decision.Open();
        }
        Mac mac = v.mac();
        if (mac == null) {
            return new Decision.Refuse(null, "It asked for a config without saying its MAC.");
        }
        Optional<byte[]> part = configs.withoutSecrets(mac);
        if (part.isPresent()) {
            return new Decision.Part(mac, part.get());
        }
        Optional<byte[]> config = configs.configFor(mac);
        if (cluster && config.isEmpty()) {
            return new Decision.Refuse(mac, mac + " is not a machine of this cluster.");
        }
        String against = stranger(mac, v.from());
        against = against.isEmpty() ? refusal(mac, v) : against;
        return against.isEmpty()
                ? new Decision.Give(mac, config.orElse(null))
                : new Decision.Refuse(mac, against);
    }

    /// @return why the peer is not that machine, or empty
    private String stranger(Mac mac, Ip4 from) {
        Optional<Mac> seen = neighbours.macOf(from);
        if (seen.isEmpty()) {
            return from
                    + " is not in this PC's neighbour table, so it cannot be told who asks. A"
                    + " machine behind a router gets its config over its own API: use Talos 1.13 or"
                    + " newer.";
        }
        return seen.get().equals(mac)
                ? ""
                : from + " is " + seen.get() + " and asks for " + mac + ".";
    }

    /// Waits for the approval while armed, at most [Admission#HOLD].
    ///
    /// @return why it gets nothing, or empty: then a hand-out has begun
    private String refusal(Mac mac, Visitor v) throws InterruptedException {
        lock.lockInterruptibly();
        try {
            // Not before: anybody can say a MAC, and the event tells the machine's address.
            admission.asked(mac, v);
            long left = Admission.HOLD.toNanos();
            while (armed) {
                Admission.Verdict verdict = admission.verdict(mac, v);
                // The neighbour may have changed while it was held.
                String other = verdict.waits() ? "" : stranger(mac, v.from());
                if (!verdict.waits() || left <= 0) {
                    return other.isEmpty() ? admission.settled(mac, verdict) : other;
                }
                long slice = Math.min(left, Admission.SLICE.toNanos());
                left -= slice - changed.awaitNanos(slice);
            }
            return "The server is not armed.";
        } finally {
            lock.unlock();
        }
    }

    private void arm(boolean on) {
        if (armed != on) {
            armed = on;
            log.append(new BootEvent.GateChanged(clock.instant(), on));
        }
        memory.save(NAME, on ? "armed\n" : DISARMED);
    }

    private void locked(Runnable change) {
        holding(() -> {
            change.run();
            changed.signalAll();
            return true;
        });
    }

    private <T> T holding(Supplier<T> question) {
        lock.lock();
        try {
            return question.get();
        } finally {
            lock.unlock();
        }
    }
}
