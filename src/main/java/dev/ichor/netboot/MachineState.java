package dev.ichor.netboot;

import dev.ichor.cluster.MachineAction;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.Set;

/// What is remembered of one machine from boot to boot. Holds no secret: of a token only its
/// SHA-256.
///
/// @param chain the owner's approval, or null
/// @param installed when its own Talos API last proved that it is, or null
/// @param toldDisk how many times it was told to boot from its disk since it last proved that
/// @param order what the owner wants done to it once, or null
/// @param boot its last boot, or null
/// @param hold why it has to wait for a new approval, or null
/// @param uuid its SMBIOS UUID as first seen, or empty
/// @param fingerprint SHA-256 of the config it was handed last, or empty
record MachineState(
        @Nullable Chain chain,
        @Nullable Instant installed,
        int toldDisk,
        @Nullable Order order,
        @Nullable Boot boot,
        @Nullable Hold hold,
        String uuid,
        String fingerprint) {
    /// A machine of which nothing is known.
    static final MachineState NEW = new MachineState(null, null, 0, null, null, null, "", "");

    /// One approval: a chain of attempts to install, until there is proof that one worked.
    ///
    /// @param approved when the owner said so
    /// @param first when the first config of the chain was handed out, or null
    /// @param handOuts how many were
    record Chain(Instant approved, @Nullable Instant first, int handOuts) {
        private static final int MOST = 3;
        private static final Duration LONGEST = Duration.ofMinutes(30);

        /// Whether it still covers an attempt. It does not age before the first hand-out: the owner
        /// may approve long before the machine is switched on.
        boolean open(Instant now) {
            return handOuts < MOST && (first == null || now.isBefore(first.plus(LONGEST)));
        }

        Chain handedOut(Instant now) {
            return new Chain(approved, first == null ? now : first, handOuts + 1);
        }
    }

    /// Something to be done once.
    ///
    /// @param spent whether it was done, as far as we can see
    record Order(MachineAction action, Instant at, boolean spent) {
        Order done() {
            return new Order(action, at, true);
        }
    }

    /// One boot, from the script on.
    ///
    /// @param at when the script was given
    /// @param token SHA-256 of the token the script held, or empty
    /// @param ip who got the script
    /// @param wipes whether the script wipes
    /// @param fetched what it has in full
    /// @param used whether a config was handed out for the token
    record Boot(
            Instant at,
            String token,
            String ip,
            boolean wipes,
            Set<Fetched> fetched,
            boolean used) {
        Boot {
            fetched = Set.copyOf(fetched);
        }

        boolean complete() {
            return fetched.containsAll(Set.of(Fetched.values()));
        }

        Boot with(Fetched more) {
            Set<Fetched> all = new java.util.HashSet<>(fetched);
            all.add(more);
            return new Boot(at, token, ip, wipes, all, used);
        }

        Boot from(String address) {
            return new Boot(at, token, address, wipes, fetched, false);
        }

        Boot usedUp() {
            return new Boot(at, token, ip, wipes, fetched, true);
        }
    }

    /// What a boot has to fetch from us.
    enum Fetched {
        SCRIPT,
        KERNEL,
        INITRAMFS
    }

    /// A doubt that only the owner can settle.
    ///
    /// @param ip the address that raised it
    /// @param uuid the UUID that raised it, or empty
    record Hold(String reason, String ip, String uuid) {}

    MachineState with(@Nullable Chain now) {
        return new MachineState(now, installed, toldDisk, order, boot, hold, uuid, fingerprint);
    }

    MachineState with(@Nullable Order now) {
        return new MachineState(chain, installed, toldDisk, now, boot, hold, uuid, fingerprint);
    }

    MachineState with(@Nullable Boot now) {
        return new MachineState(chain, installed, toldDisk, order, now, hold, uuid, fingerprint);
    }

    MachineState with(@Nullable Hold now) {
        return new MachineState(chain, installed, toldDisk, order, boot, now, uuid, fingerprint);
    }

    MachineState named(String smbios) {
        return new MachineState(chain, installed, toldDisk, order, boot, hold, smbios, fingerprint);
    }

    MachineState told(int disk) {
        return new MachineState(chain, installed, disk, order, boot, hold, uuid, fingerprint);
    }

    /// A config with this SHA-256 went out in full.
    MachineState handedOut(String sha256, Instant now) {
        Chain next = chain == null ? null : chain.handedOut(now);
        Boot last = boot == null ? null : boot.usedUp();
        return new MachineState(next, installed, toldDisk, order, last, hold, uuid, sha256);
    }

    /// Its own Talos API proved that it is installed: that ends the chain, and a reinstallation.
    MachineState proved(Instant now) {
        Order left = order != null && order.spent() ? null : order;
        return new MachineState(null, now, 0, left, boot, hold, uuid, fingerprint);
    }

    /// Its disk was wiped. A reinstallation goes on with an installation, which the owner's word
    /// for it covers.
    MachineState wiped(Instant now) {
        Order done = order == null ? null : order.done();
        boolean again = done != null && done.action() == MachineAction.REINSTALL;
        Chain next = again ? new Chain(now, null, 0) : null;
        return new MachineState(next, null, 0, done, boot, null, uuid, "");
    }

    /// The owner approved it: whoever raised a doubt is the machine from now on.
    MachineState approvedAt(Instant now) {
        Boot accepted = boot != null && hold != null ? boot.from(hold.ip()) : boot;
        String name = hold != null && !hold.uuid().isEmpty() ? hold.uuid() : uuid;
        Order left = order != null && order.spent() ? null : order;
        Chain next = new Chain(now, null, 0);
        return new MachineState(next, installed, 0, left, accepted, null, name, fingerprint);
    }

    boolean open(Instant now) {
        return chain != null && chain.open(now);
    }

    /// Whether an order waits to be done.
    boolean ordered() {
        return order != null && !order.spent();
    }
}
