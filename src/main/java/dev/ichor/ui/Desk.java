package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.steps.ChooseDisk;
import dev.ichor.steps.Copy;
import dev.ichor.steps.Device;
import dev.ichor.steps.HostCheck;
import dev.ichor.steps.NasServices;
import dev.ichor.steps.Router;
import dev.ichor.steps.Session;
import dev.ichor.steps.Snapshot;

import javafx.application.Platform;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.Optional;
import java.util.concurrent.ExecutorService;
import java.util.concurrent.Executors;
import java.util.concurrent.atomic.AtomicBoolean;
import java.util.function.Consumer;

/// One open cluster as the screen sees it: intents go out on a thread of their own, in order;
/// snapshots come in on the screen's thread, the latest only.
final class Desk {
    private final Session session;
    private final Consumer<Snapshot> screen;
    private final AtomicBoolean waiting = new AtomicBoolean();
    private final ExecutorService worker =
            Executors.newSingleThreadExecutor(Thread.ofVirtual().name("intents").factory());

    Desk(Session session, Consumer<Snapshot> screen) {
        this.session = session;
        this.screen = screen;
    }

    /// Begins to show the session.
    void open() {
        session.listen(s -> changed());
    }

    /// What a page needs to know of the session besides its snapshots.
    Surroundings surroundings() {
        return new Surroundings(
                this::tell, session.bootLog(), session.clock(), session.haste(), session.folder());
    }

    /// Passes an intent on.
    void tell(Intent intent) {
        worker.execute(() -> carryOut(intent));
    }

    /// Hands over the snapshot that results from everything told so far.
    void settled(Consumer<Snapshot> then) {
        worker.execute(() -> {
            Snapshot now = session.snapshot();
            Platform.runLater(() -> then.accept(now));
        });
    }

    /// Stops everything; blocks until it has stopped.
    void close() {
        session.listen(s -> {});
        worker.close();
        try {
            session.close();
        } catch (IOException e) {
            System.getLogger(Desk.class.getName())
                    .log(System.Logger.Level.WARNING, "session not closed", e);
        }
    }

    private void carryOut(Intent intent) {
        switch (intent) {
            case Intent.Edit i -> session.edit(i.change());
            case Intent.Start i -> session.start(i.step());
            case Intent.Cancel i -> session.cancel(i.step());
            case Intent.Skip i -> session.skip(i.step());
            case Intent.Assign i -> session.assign(i.mac(), i.role());
            case Intent.Approve i -> session.approve(i.mac());
            case Intent.Install i -> install(i);
            case Intent.ApproveAll() -> session.approveAll();
            case Intent.Order i -> session.order(i.mac(), i.action());
            case Intent.Wake i -> session.wake(i.mac());
            case Intent.CheckPc() -> Thread.startVirtualThread(() -> HostCheck.look(session));
            case Intent.LetIn() -> Thread.startVirtualThread(() -> HostCheck.letIn(session));
            case Intent.Keep i -> keep(i);
            case Intent.OnNas i -> on(() -> NasServices.open(session), i.act(), "nas", i.told());
            case Intent.TestNas i -> apart(() -> Copy.test(session), "nas", i.told());
            case Intent.ConfigsOnNas i ->
                    apart(() -> Copy.configs(session, i.typed()), "nas", i.told());
            case Intent.Seal i -> apart(() -> i.done().accept(Copy.seal(session)), "nas", i.told());
            case Intent.OnRouter i ->
                    on(() -> Router.open(session, i.at(), i.ask()), i.act(), "console", i.told());
        }
    }

    private void keep(Intent.Keep i) {
        told(() -> i.act().on(session.privateFiles()), text("secrets.failed"), i.told());
    }

    /// On a thread of its own, since it asks the owner.
    private static void on(
            Opening opening, Intent.DeviceAct act, String name, Consumer<Optional<Problem>> told) {
        Doing doing =
                () -> {
                    try (Device device = opening.open()) {
                        act.on(device);
                    }
                };
        apart(doing, name, told);
    }

    private static void apart(Doing doing, String name, Consumer<Optional<Problem>> told) {
        Thread.ofVirtual().name(name).start(() -> told(doing, text(name + ".failed"), told));
    }

    /// Logs in to a NAS or a router.
    @FunctionalInterface
    private interface Opening {
        Device open() throws IOException, InterruptedException;
    }

    /// Does it and tells what stood in the way.
    private static void told(Doing doing, String what, Consumer<Optional<Problem>> told) {
        Optional<Problem> trouble = Optional.empty();
        try {
            doing.run();
        } catch (ProblemException e) {
            trouble = Optional.of(e.problem());
        } catch (IOException e) {
            trouble = Optional.of(new Problem(what, String.valueOf(e.getMessage()), ""));
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
        Optional<Problem> said = trouble;
        Platform.runLater(() -> told.accept(said));
    }

    /// Work that may fail.
    @FunctionalInterface
    private interface Doing {
        void run() throws IOException, InterruptedException;
    }

    private void install(Intent.Install i) {
        try {
            ChooseDisk.run(session, i.mac(), i.disk());
        } catch (ProblemException e) {
            // It was offered what it has shown; it has shown others since, and offers them.
            System.getLogger(Desk.class.getName()).log(System.Logger.Level.INFO, "not chosen", e);
        }
    }

    /// Only that something has changed counts: several threads tell, and the last to tell need not
    /// be the last to have changed it.
    private void changed() {
        if (waiting.compareAndSet(false, true)) {
            Platform.runLater(this::draw);
        }
    }

    private void draw() {
        waiting.set(false);
        screen.accept(session.snapshot());
    }

    /// What a page has around it.
    ///
    /// @param tell takes intents
    /// @param log what happened on the wire
    /// @param clock the time
    /// @param haste divides every limit of patience
    /// @param folder the cluster folder
    record Surroundings(
            Consumer<Intent> tell, BootLog log, InstantSource clock, double haste, Path folder) {
        /// The same with other ears.
        Surroundings told(Consumer<Intent> other) {
            return new Surroundings(other, log, clock, haste, folder);
        }
    }
}
