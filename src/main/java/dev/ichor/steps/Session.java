package dev.ichor.steps;

import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.MachineAction;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.nio.file.Path;
import java.time.InstantSource;
import java.util.EnumMap;
import java.util.Map;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// One cluster being brought up: the one mutable reference to an immutable [Snapshot], and the work
/// in progress.
///
/// Safe for many threads. Each edit is saved to the cluster folder and told to the one listener.
public final class Session implements AutoCloseable {
    private final World world;
    private final ClusterFolder folder;
    private final BootLog bootLog;
    private final Vault vault;
    private final Work work;
    private final Map<Step, Thread> running = new EnumMap<>(Step.class);
    private Snapshot snapshot;
    private volatile DownloadWish downloadWish = DownloadWish.USUAL;
    private Consumer<Snapshot> listener = s -> {};
    private AutoCloseable last = () -> {};

    private Session(World world, ClusterFolder folder, Snapshot saved, Owner owner)
            throws IOException {
        this.world = world;
        this.folder = folder;
        this.snapshot = saved;
        this.bootLog = new BootLog(folder.bootLog(world.clock().instant()));
        this.vault =
                new Vault(
                        world.clock(),
                        world.random(),
                        folder,
                        () -> owner.passphrase(folder.root()));
        this.work = new Work(this, world, folder, owner);
    }

    /// Opens a cluster folder: goes on where it was left, or begins anew.
    ///
    /// @throws ProblemException when the folder holds something this program cannot read
    public static Session open(Path folder, World world, Owner owner) throws IOException {
        ClusterFolder at = ClusterFolder.open(folder);
        Session session = new Session(world, at, Saved.read(at), owner);
        session.bootLog.listen(e -> Discover.sighting(e).ifPresent(session::found));
        return session;
    }

    /// As [#open], for a front that keeps it open, such as a window; two at once are refused.
    public static Session openAlone(Path folder, World world, Owner owner) throws IOException {
        FolderLock lock = ClusterFolder.open(folder).alone();
        try {
            Session session = open(folder, world, owner);
            session.closeLast(lock);
            return session;
        } catch (IOException | RuntimeException e) {
            lock.close();
            throw e;
        }
    }

    /// What to close after everything else, for instance the pretended network.
    public void closeLast(AutoCloseable resource) {
        last = resource;
    }

    /// As it is now.
    public synchronized Snapshot snapshot() {
        return snapshot;
    }

    /// Sets the one listener; it is called on any thread after every change.
    public void listen(Consumer<Snapshot> one) {
        synchronized (this) {
            listener = one;
        }
        tell();
    }

    /// Changes the draft. Steps that build on what changed are marked *check again*.
    public void edit(UnaryOperator<Draft> change) {
        change(s -> Dependencies.edited(s, change.apply(s.draft())));
        save();
    }

    /// Begins a step on its own thread; nothing happens when it is at work already.
    public void start(Step step) {
        synchronized (this) {
            if (running.containsKey(step)) {
                return;
            }
            snapshot = snapshot.with(step, StepState.running(new Amount("", 0, -1)));
            running.put(step, Thread.ofVirtual().name("step " + step).unstarted(() -> run(step)));
        }
        tell();
        Optional.ofNullable(thread(step)).ifPresent(Thread::start);
    }

    /// Interrupts a step.
    public void cancel(Step step) {
        Optional.ofNullable(thread(step)).ifPresent(Thread::interrupt);
    }

    /// Waits until a step is no longer at work.
    public void await(Step step) throws InterruptedException {
        Thread t = thread(step);
        if (t != null) {
            t.join();
        }
    }

    /// Leaves a step out.
    public void skip(Step step) {
        change(s -> s.with(step, new StepState(StepState.Status.SKIPPED, "", null, null)));
        save();
    }

    /// Gives a machine a role; its other wishes are kept, or begin with the usual ones.
    public void assign(Mac mac, Role role) {
        edit(d -> Roles.assign(d, mac, role));
    }

    /// How step 4 gets Talos from now on.
    public void download(DownloadWish wish) {
        downloadWish = wish;
    }

    DownloadWish downloadWish() {
        return downloadWish;
    }

    /// What happened on the wire and on the nodes.
    public BootLog bootLog() {
        return bootLog;
    }

    /// The plan, once nothing is missing.
    public Optional<ClusterPlan> plan() {
        Snapshot s = snapshot();
        return s.problems().isEmpty() ? Optional.of(s.draft().plan()) : Optional.empty();
    }

    /// Lets a machine have its config.
    public void approve(Mac mac) {
        work.approve(mac);
    }

    /// Lets every machine of the plan have its config.
    public void approveAll() {
        work.approveAll();
    }

    /// Has something done to a machine, once; what destroys the owner has confirmed by typing.
    public void order(Mac mac, MachineAction action) {
        work.order(mac, action);
    }

    /// Switches a machine on, if it can be woken.
    public void wake(Mac mac) {
        work.wake(mac);
    }

    /// Divides every limit of patience; 1 on a real network.
    public double haste() {
        return world.haste();
    }

    /// The time.
    public InstantSource clock() {
        return world.clock();
    }

    /// The cluster folder.
    public Path folder() {
        return folder.root();
    }

    /// Stops all work and waits for it; what was saved stays.
    @Override
    public void close() throws IOException {
        for (Step step : Step.values()) {
            cancel(step);
        }
        work.close();
        for (Step step : Step.values()) {
            joinQuietly(step);
        }
        bootLog.close();
        Work.closeResource(last);
    }

    /// Remembers a sighting of a machine; nothing is told when it brings nothing new.
    void found(Machine seen) {
        Draft now = snapshot().draft();
        Machine was = now.machines().get(seen.mac());
        if (was == null || !was.merge(seen).equals(was)) {
            change(s -> s.with(s.draft().found(seen)));
        }
    }

    /// The cluster's secret files.
    public PrivateFiles privateFiles() {
        return new PrivateFiles(folder, vault, world.clock(), world.random());
    }

    Owner owner() {
        return work.owner();
    }

    Vault vault() {
        return vault;
    }

    World world() {
        return world;
    }

    void change(UnaryOperator<Snapshot> change) {
        synchronized (this) {
            snapshot = change.apply(snapshot);
        }
        tell();
    }

    /// Saves draft and steps; a failure is shown at the first step and loses nothing that was saved
    /// before.
    void save() {
        try {
            Saved.write(folder, snapshot());
        } catch (IOException e) {
            change(s -> s.with(Step.GET_READY, StepState.failed(Faults.words(e))));
        }
    }

    private void run(Step step) {
        StepState end = StepState.failed(Faults.UNKNOWN);
        try {
            String result =
                    work.run(step, amount -> change(s -> s.with(step, StepState.running(amount))));
            end = StepState.done(result);
        } catch (InterruptedException e) {
            end = StepState.TODO;
        } catch (Exception e) {
            end = StepState.failed(Faults.words(e));
        } finally {
            ended(step, end);
        }
    }

    private void ended(Step step, StepState end) {
        // The thread ends here, and a late interrupt must not cut short what is saved.
        Thread.interrupted();
        synchronized (this) {
            running.remove(step);
            snapshot = snapshot.with(step, end);
        }
        save();
        tell();
    }

    private void tell() {
        Consumer<Snapshot> to;
        Snapshot now;
        synchronized (this) {
            to = listener;
            now = snapshot;
        }
        to.accept(now);
    }

    private synchronized @Nullable Thread thread(Step step) {
        return running.get(step);
    }

    private void joinQuietly(Step step) {
        try {
            await(step);
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }
}
