package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.netboot.MachineState.Boot;
import dev.ichor.netboot.MachineState.Fetched;
import dev.ichor.netboot.MachineState.Hold;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;
import java.util.Set;
import java.util.function.UnaryOperator;

/// What is remembered of each machine, and what the owner's word and the wire change in it. Not
/// safe for many threads: the gate locks.
final class Memory {
    /// A machine that goes on waiting is told again, so that it does not look dead.
    private static final Duration TELL_AGAIN = Duration.ofSeconds(20);

    /// A flood of MACs that belong to nobody shall not grow the memory.
    static final int MOST = 4096;

    private final Rules rules;
    private final BootLog log;
    private final InstantSource clock;
    private final MachineStates states;
    private final Map<Mac, Instant> waiting = new HashMap<>();
    private boolean all;

    Memory(Rules rules, BootLog log, InstantSource clock) {
        this.rules = rules;
        this.log = log;
        this.clock = clock;
        this.states = new MachineStates(rules.store(), log, clock);
        this.all = rules.policy() == Approval.ALL;
    }

    MachineState of(Mac mac) {
        return states.of(mac);
    }

    void change(Mac mac, UnaryOperator<MachineState> change) {
        states.change(mac, change);
    }

    void save(String name, String text) {
        states.save(name, text, true);
    }

    boolean approved(Mac mac) {
        return open(of(mac)) || (all && fresh(of(mac)));
    }

    /// Why the owner has to look, or empty.
    String doubt(Mac mac) {
        Hold hold = of(mac).hold();
        return hold == null ? "" : hold.reason();
    }

    boolean open(MachineState s) {
        return rules.checks() == Checks.APPROVAL ? s.chain() != null : s.open(clock.instant());
    }

    /// Lets the machine's script be told when it is.
    void given(Mac mac, String script) {
        waiting.remove(mac);
        log.append(new BootEvent.ScriptGiven(clock.instant(), mac, script));
    }

    private static boolean fresh(MachineState s) {
        return s.chain() == null && s.installed() == null && s.order() == null && s.hold() == null;
    }

    /// The owner's word. An installed machine without a doubt needs none.
    void admit(Mac mac) {
        MachineState s = of(mac);
        boolean well = s.installed() != null && s.order() == null;
        waiting.remove(mac);
        if (s.hold() != null || (!well && !open(s))) {
            change(mac, m -> m.approvedAt(clock.instant()));
            log.append(new BootEvent.Approved(clock.instant(), mac));
        }
    }

    void admitAll() {
        all = true;
        Set.copyOf(waiting.keySet()).forEach(this::admitFresh);
    }

    /// A machine that was never approved is, when all are.
    void admitFresh(Mac mac) {
        if (all && fresh(of(mac))) {
            admit(mac);
        }
    }

    void order(Mac mac, MachineAction action) {
        Instant now = clock.instant();
        change(mac, s -> s.with((Hold) null).with(new MachineState.Order(action, now, false)));
        told(mac, action, "ordered");
    }

    /// What was ordered was done, by whatever way.
    void wiped(Mac mac, String how) {
        MachineState s = of(mac);
        if (s.order() != null && s.ordered()) {
            change(mac, m -> m.wiped(clock.instant()));
            told(mac, s.order().action(), how);
        }
    }

    void told(Mac mac, MachineAction action, String state) {
        String name = action.name().toLowerCase(java.util.Locale.ROOT);
        log.append(new BootEvent.ActionChanged(clock.instant(), mac, name, state));
    }

    void installed(Mac mac) {
        boolean news = of(mac).installed() == null;
        change(mac, s -> s.proved(clock.instant()));
        if (news) {
            log.append(new BootEvent.Installed(clock.instant(), mac));
        }
    }

    /// A doubt about the machine, until the owner approves it; the first one counts.
    void hold(Mac mac, String reason, Visitor v) {
        if (of(mac).hold() == null) {
            change(mac, s -> s.with(new Hold(reason, v.from().toString(), v.uuid())));
            log.append(new BootEvent.Held(clock.instant(), mac, v.from(), reason));
        }
    }

    void fetched(Mac mac, Ip4 peer, Fetched what) {
        Boot boot = of(mac).boot();
        if (boot == null || !boot.ip().equals(peer.toString())) {
            return;
        }
        change(mac, s -> s.with(boot.with(what)));
        if (boot.wipes() && what == Fetched.INITRAMFS) {
            wiped(mac, "the wiping system was handed over in full");
        }
    }

    void handedOut(Mac mac, byte[] config) {
        change(mac, s -> s.handedOut(Digest.sha256(config), clock.instant()));
    }

    /// It waits for the owner.
    void waits(Mac mac) {
        Instant now = clock.instant();
        Instant told = waiting.get(mac);
        if (waiting.size() < MOST && (told == null || now.isAfter(told.plus(TELL_AGAIN)))) {
            waiting.put(mac, now);
            log.append(new BootEvent.WaitingForApproval(now, mac));
        }
    }
}
