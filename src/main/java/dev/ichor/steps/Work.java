package dev.ichor.steps;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.cluster.ProblemException;
import dev.ichor.netboot.Approval;
import dev.ichor.netboot.DhcpRole;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Map;
import java.util.Set;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.atomic.AtomicReference;
import java.util.function.Consumer;

/// What a session does: one call a step, and what stays open between calls (the DHCP listener, the
/// servers).
final class Work implements AutoCloseable {
    private final Session session;
    private final World world;
    private final ClusterFolder folder;
    private final Owner owner;
    private final Set<Mac> approved = ConcurrentHashMap.newKeySet();
    private final AtomicReference<@Nullable Serving> serving = new AtomicReference<>();
    private final AtomicReference<@Nullable AutoCloseable> listener = new AtomicReference<>();

    Work(Session session, World world, ClusterFolder folder, Owner owner) {
        this.session = session;
        this.world = world;
        this.folder = folder;
        this.owner = owner;
    }

    /// Does a step.
    ///
    /// @return its result in one line
    String run(Step step, Consumer<Amount> progress) throws Exception {
        return switch (step) {
            case GET_READY -> getReady();
            case FIND -> find(progress);
            case ROLES -> roles();
            case DOWNLOAD -> Download.run(session, world, owner, progress);
            case CONFIGURE -> Configure.run(session, world, folder);
            case COPY -> Copy.run(session, owner, progress);
            case BOOT -> boot();
            case FINISH -> Finish.run(session, folder);
        };
    }

    Owner owner() {
        return owner;
    }

    /// An approval given before the servers run counts when they do.
    void approve(Mac mac) {
        Serving s = serving.get();
        if (s != null) {
            s.gate().approve(mac);
        } else {
            approved.add(mac);
        }
    }

    void approveAll() {
        Serving s = serving.get();
        if (s != null) {
            s.gate().approveAll();
        } else {
            session.plan().ifPresent(p -> p.nodes().forEach(n -> approved.add(n.mac())));
        }
    }

    /// Has something done to a machine once; only while the servers run.
    void order(Mac mac, MachineAction action) {
        Serving s = serving.get();
        if (s != null) {
            s.order(mac, action);
        }
    }

    void wake(Mac mac) {
        try {
            world.lan().wake().wake(mac, Needs.adapter(session));
            session.bootLog().append(new BootEvent.WakeSent(world.clock().instant(), mac));
        } catch (IOException e) {
            session.bootLog()
                    .append(
                            new BootEvent.ServiceDown(
                                    world.clock().instant(),
                                    "wake-on-LAN",
                                    mac + " was not woken: " + e.getMessage()));
        }
    }

    private String getReady() throws IOException, InterruptedException {
        session.vault().prepare();
        return GetReady.run(session, world);
    }

    private String find(Consumer<Amount> progress) throws IOException, InterruptedException {
        String deaf = listen();
        return Find.run(session, world, owner, progress) + deaf;
    }

    /// Hears the machines' DHCP broadcasts from now on. Not being allowed to is told, and the sweep
    /// still works.
    private String listen() throws IOException {
        if (listener.get() != null) {
            return "";
        }
        try {
            listener.set(Discover.listen(world, Needs.adapter(session), session.bootLog()));
            return "";
        } catch (ProblemException e) {
            return ". Broadcasts are not heard: " + e.problem();
        }
    }

    private String roles() throws ProblemException {
        return Needs.plan(session).nodes().size()
                + " machines, "
                + Needs.plan(session).controlPlanes().size()
                + " of them control plane";
    }

    private String boot() throws Exception {
        closeListener();
        try {
            DhcpRole dhcp = Boot.dhcp(session);
            Boot.run(
                    session,
                    new Boot.Order(Approval.ASK, dhcp, false, false, Map.of()),
                    this::serves);
        } finally {
            serving.set(null);
        }
        return "The boot server has stopped";
    }

    private void serves(Serving s) {
        serving.set(s);
        approved.forEach(s.gate()::approve);
        approved.clear();
    }

    private void closeListener() throws IOException {
        AutoCloseable open = listener.getAndSet(null);
        if (open != null) {
            closeResource(open);
        }
    }

    static void closeResource(AutoCloseable resource) throws IOException {
        try {
            resource.close();
        } catch (IOException | RuntimeException e) {
            throw e;
        } catch (Exception e) {
            throw new IOException(e);
        }
    }

    @Override
    public void close() throws IOException {
        closeListener();
    }
}
