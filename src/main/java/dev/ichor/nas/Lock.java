package dev.ichor.nas;

import dev.ichor.cluster.ProblemException;
import dev.ichor.nas.Remote.Stat;

import java.io.ByteArrayInputStream;
import java.io.ByteArrayOutputStream;
import java.io.IOException;
import java.nio.charset.StandardCharsets;
import java.nio.file.Files;
import java.nio.file.Path;
import java.time.Duration;
import java.util.Optional;

/// One copying at a time: a file on the NAS that names who copies. Its age is told by the NAS's own
/// clock, so that PCs whose clocks differ agree. One that nobody has renewed for a while is left
/// over from a copying that broke off, and is taken over; so is our own.
final class Lock {
    static final String PATH = ".ichor-lock";

    private static final String PART = PATH + ".part";
    private static final int STALE_SECONDS = 15 * 60;
    private static final long LARGEST = 1000;

    /// Much shorter than a lock is left to its holder.
    private static final Duration FRESH = Duration.ofMinutes(1);

    private final Remote remote;
    private final String who;
    private final long taken = System.nanoTime();

    private Lock(Remote remote, String who) {
        this.remote = remote;
        this.who = who;
    }

    /// Who copies, as far as the system tells.
    static String thisPc() {
        String name = System.getenv("COMPUTERNAME");
        if (name == null) {
            try {
                name = Files.readString(Path.of("/proc/sys/kernel/hostname")).strip();
            } catch (IOException e) {
                name = "a PC";
            }
        }
        return System.getProperty("user.name") + " on " + name;
    }

    /// @throws ProblemException when somebody else copies
    static Lock take(Remote remote, String who) throws ProblemException {
        Lock lock = new Lock(remote, who);
        remote.makeParents(PATH);
        int now = lock.write();
        Optional<Stat> other = remote.stat(PATH);
        if (other.isPresent() && now - other.get().modified() < STALE_SECONDS) {
            String holder = lock.holder();
            if (!holder.equals(who)) {
                remote.discard(PART);
                throw TransferWords.underWay(holder, now - other.get().modified());
            }
        }
        remote.rename(PART, PATH);
        return lock;
    }

    /// Says that we are still at it, if that was not said just now. Two that began at the same
    /// moment may both believe that it is theirs; here it shows whose it is.
    ///
    /// @throws ProblemException when somebody has taken it over
    void renew() throws ProblemException {
        String holder = remote.stat(PATH).isPresent() ? holder() : "nobody";
        if (!holder.equals(who)) {
            throw TransferWords.underWay(holder, 0);
        }
        if (System.nanoTime() - taken < FRESH.toNanos()) {
            return;
        }
        write();
        remote.rename(PART, PATH);
    }

    void release() {
        remote.discard(PATH);
    }

    /// @return when that was, by the NAS's clock
    private int write() throws ProblemException {
        remote.put(PART, new ByteArrayInputStream(who.getBytes(StandardCharsets.UTF_8)));
        return remote.stat(PART).map(Stat::modified).orElse(0);
    }

    private String holder() throws ProblemException {
        if (remote.stat(PATH).filter(s -> s.size() <= LARGEST).isEmpty()) {
            return "somebody";
        }
        ByteArrayOutputStream bytes = new ByteArrayOutputStream();
        remote.get(PATH, bytes);
        return bytes.toString(StandardCharsets.UTF_8);
    }
}
