package dev.ichor.fleet;

import org.jspecify.annotations.Nullable;

/// A machine's power button. Off means dead at once: the machine's thread is interrupted, which
/// closes the socket it waits on.
final class Power {
    /// What happens from power-on to power-off.
    @FunctionalInterface
    interface Life {
        void run() throws InterruptedException;
    }

    private final String name;
    private final Life life;
    private @Nullable Thread thread;

    Power(String name, Life life) {
        this.name = name;
        this.life = life;
    }

    /// Does nothing when it is on.
    synchronized void on() {
        if (thread == null || !thread.isAlive()) {
            thread = Thread.ofVirtual().name(name).start(this::live);
        }
    }

    /// Returns when the machine is dead.
    synchronized void off() throws InterruptedException {
        if (thread != null) {
            thread.interrupt();
            thread.join();
        }
    }

    synchronized boolean isOn() {
        return thread != null && thread.isAlive();
    }

    /// A socket that failed may have failed because the power went: an interrupted virtual thread's
    /// sockets close.
    ///
    /// @throws InterruptedException when it did
    static void check() throws InterruptedException {
        if (Thread.interrupted()) {
            throw new InterruptedException("power lost");
        }
    }

    /// Asks it to die and does not wait.
    synchronized void cut() {
        if (thread != null) {
            thread.interrupt();
        }
    }

    private void live() {
        try {
            life.run();
        } catch (InterruptedException e) {
            // Power is off: nothing is left to do.
            return;
        }
    }
}
