package dev.ichor.netboot;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// How one machine got on with its loader. Pure.
///
/// @param loader its usual name
/// @param delivered when the firmware got it in full, or null once iPXE was heard
/// @param proven whether iPXE has run from it and did not hang since
/// @param chosen whether the owner chose it: then it stays
record LoaderTrial(String loader, @Nullable Instant delivered, boolean proven, boolean chosen) {
    /// A loader that was delivered and shows neither DHCP nor TFTP nor HTTP for so long hangs, or
    /// was refused by the firmware (shared experience with iPXE: native drivers that stay at
    /// "initialising devices", ipxe issues 541 and 1151).
    static final Duration SILENCE = Duration.ofSeconds(15);

    static LoaderTrial first(String loader) {
        return new LoaderTrial(loader, null, false, false);
    }

    LoaderTrial delivered(Instant at) {
        return new LoaderTrial(loader, at, proven, chosen);
    }

    /// iPXE was heard.
    LoaderTrial alive() {
        return delivered == null && proven ? this : new LoaderTrial(loader, null, true, chosen);
    }

    /// The firmware asks for a loader again: after a hang the next one of `names`, or the same once
    /// more when it has worked before. Behind the last one comes the first.
    LoaderTrial askedAgain(List<String> names, Instant now) {
        boolean hung = delivered != null && !now.isBefore(delivered.plus(SILENCE));
        if (!hung || chosen) {
            return this;
        }
        int next = (names.indexOf(loader) + 1) % names.size();
        return first(proven ? loader : names.get(next));
    }
}
