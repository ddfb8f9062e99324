package dev.ichor.netboot;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.time.Duration;
import java.time.Instant;

/// Tells how one transfer goes.
final class TransferWatch {
    static final String TFTP = "TFTP";
    static final String HTTP = "HTTP";

    private static final Duration BEAT = Duration.ofMillis(250);

    private final Reporter reporter;
    private final What what;
    private Instant began;
    private Instant told;

    /// What is transferred.
    ///
    /// @param mac the machine, or null
    record What(
            @Nullable Mac mac, Ip4 ip, String protocol, Payload kind, String file, long bytes) {}

    TransferWatch(Reporter reporter, What what) {
        this.reporter = reporter;
        this.what = what;
        this.began = reporter.now();
        this.told = began;
    }

    void begun() {
        began = reporter.now();
        told = began;
        reporter.tell(at ->
                new BootEvent.TransferStarted(
                        at,
                        what.mac(),
                        what.ip(),
                        what.protocol(),
                        what.kind(),
                        what.file(),
                        what.bytes()));
    }

    void progress(long done) {
        Instant now = reporter.now();
        if (done >= what.bytes() || now.isBefore(told.plus(BEAT))) {
            return;
        }
        told = now;
        reporter.tell(at ->
                new BootEvent.TransferProgress(
                        at, what.mac(), what.ip(), what.kind(), what.file(), done, what.bytes()));
    }

    void done() {
        reporter.tell(at ->
                new BootEvent.TransferDone(
                        at,
                        what.mac(),
                        what.ip(),
                        what.protocol(),
                        what.kind(),
                        what.file(),
                        what.bytes(),
                        Duration.between(began, at).toMillis()));
    }

    void failed(String reason) {
        reporter.tellSeldom(at ->
                new BootEvent.TransferFailed(
                        at,
                        what.mac(),
                        what.ip(),
                        what.protocol(),
                        what.kind(),
                        what.file(),
                        reason));
    }
}
