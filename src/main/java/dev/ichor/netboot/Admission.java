package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.MachineState.Boot;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.time.InstantSource;
import java.util.HashMap;
import java.util.Map;

/// Decides whether a machine that asks for its config may have it: whether it is the one that we
/// see booting, and whether the owner's word covers it. Not safe for many threads.
final class Admission {
    /// Talos gives up a request after 90 s; we answer before.
    static final Duration HOLD = Duration.ofSeconds(80);

    /// A held request looks so often whether to tell again, as the waiting script does.
    static final Duration SLICE = Duration.ofSeconds(2);

    /// A hand-out that has not ended after this never will.
    private static final Duration STUCK = Duration.ofSeconds(60);

    private final Rules rules;
    private final Memory memory;
    private final BootLog log;
    private final InstantSource clock;
    private final Map<Mac, Instant> asked = new HashMap<>();
    private final Map<Mac, Instant> giving = new HashMap<>();

    /// What is to become of a request.
    ///
    /// @param waits whether only the owner's word is missing
    /// @param against why it gets nothing, or empty
    record Verdict(boolean waits, String against) {
        private static final Verdict GIVE = new Verdict(false, "");
    }

    Admission(Rules rules, Memory memory, BootLog log, InstantSource clock) {
        this.rules = rules;
        this.memory = memory;
        this.log = log;
        this.clock = clock;
    }

    void asked(Mac mac, Visitor v) {
        Instant now = clock.instant();
        Instant before = asked.put(mac, now);
        if (before == null || !now.isBefore(before.plus(SLICE))) {
            log.append(new BootEvent.ConfigAsked(now, mac, v.from()));
        }
        if (asked.size() > Memory.MOST) {
            asked.clear();
        }
    }

    Verdict verdict(Mac mac, Visitor v) {
        if (rules.checks() == Checks.BOOT) {
            String unbound = unbound(memory.of(mac).boot(), v);
            if (!unbound.isEmpty()) {
                return new Verdict(false, unbound);
            }
            doubts(mac, v);
        }
        return word(mac, v);
    }

    /// Whether the owner's word covers a push to the machine that waits at this address.
    boolean mayPush(Mac mac, Ip4 at) {
        Verdict verdict = word(mac, new Visitor(mac, at, "", ""));
        return !verdict.waits() && verdict.against().isEmpty();
    }

    /// Whether the owner's word covers the machine, of which there is no doubt who it is.
    private Verdict word(Mac mac, Visitor v) {
        memory.admitFresh(mac);
        MachineState s = memory.of(mac);
        if (s.installed() != null && !memory.open(s) && s.hold() == null) {
            memory.hold(
                    mac,
                    "It is installed and yet asks for its config: its disk is dead or empty, or"
                            + " it is another machine.",
                    v);
        }
        if (!memory.doubt(mac).isEmpty() || !memory.open(s)) {
            memory.waits(mac);
            String doubt = memory.doubt(mac);
            return new Verdict(true, doubt.isEmpty() ? "It was not approved in time." : doubt);
        }
        Instant since = giving.get(mac);
        boolean busy = since != null && clock.instant().isBefore(since.plus(STUCK));
        return busy
                ? new Verdict(true, "Its config is being handed out to another request.")
                : Verdict.GIVE;
    }

    /// Why the peer is not the machine that we see booting, or empty.
    private static String unbound(@Nullable Boot boot, Visitor v) {
        if (boot == null || boot.token().isEmpty() || !Digest.same(boot.token(), v.token())) {
            return "It does not show the token of its last boot script: it was started by another"
                    + " server, or somebody else asks. Switch it off and on.";
        }
        return boot.complete()
                ? ""
                : "It has not fetched script, kernel and initramfs in full in this boot, only "
                        + boot.fetched().stream().sorted().toList()
                        + ".";
    }

    private void doubts(Mac mac, Visitor v) {
        Boot boot = memory.of(mac).boot();
        if (boot == null) {
            return;
        }
        if (!boot.ip().equals(v.from().toString())) {
            memory.hold(
                    mac,
                    "It fetched its kernel as "
                            + boot.ip()
                            + " and asks for its config as "
                            + v.from()
                            + ".",
                    v);
        } else if (boot.used()) {
            memory.hold(
                    mac,
                    "The token of its boot script was used at "
                            + boot.ip()
                            + " before and is shown again by "
                            + v.from()
                            + ".",
                    v);
        }
    }

    /// @return why it gets nothing, or empty: then a hand-out has begun
    String settled(Mac mac, Verdict verdict) {
        if (verdict.against().isEmpty()) {
            giving.put(mac, clock.instant());
        }
        return verdict.against();
    }

    /// The hand-out has ended.
    void ended(Mac mac) {
        giving.remove(mac);
    }
}
