package dev.ichor.netboot;

import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.StandardProtocolFamily;
import java.net.StandardSocketOptions;
import java.nio.ByteBuffer;
import java.nio.channels.ClosedSelectorException;
import java.nio.channels.DatagramChannel;
import java.nio.channels.SelectionKey;
import java.nio.channels.Selector;
import java.util.ArrayList;
import java.util.Optional;
import java.util.Queue;
import java.util.concurrent.ConcurrentLinkedQueue;
import java.util.concurrent.locks.LockSupport;

/// One thread that hears the TFTP port and runs all transfers: many lock-step transfers cost least
/// so. Nothing it calls may wait.
final class TftpLoop implements AutoCloseable {
    /// How exact the waits of transfers are.
    private static final long TICK_MILLIS = 5;

    private static final long TICK = TICK_MILLIS * 1_000_000;
    private static final int MAX_PACKET = 2048;
    private static final int RECEIVE_BUFFER = 4 << 20;

    /// Requests that are taken before the transfers have their turn.
    private static final int TURN = 64;

    private final Selector selector;
    private final DatagramChannel listener;
    private final Port port;
    private final ByteBuffer in = ByteBuffer.allocateDirect(MAX_PACKET);
    private final Datagrams datagrams = new Datagrams();
    private final Queue<Runnable> tasks = new ConcurrentLinkedQueue<>();
    private final Thread thread = Thread.ofPlatform().daemon().name("tftp").unstarted(this::run);
    private int running;

    /// What the port hears.
    interface Port {
        /// A packet to the port itself.
        void came(ByteBuffer packet, InetSocketAddress from);

        /// A packet to somebody else's transfer.
        void strayed(InetSocketAddress from);

        /// The port cannot be heard.
        void failed(IOException e);
    }

    /// A transfer with what it holds.
    ///
    /// @param ended is run when it is over
    record Session(Transfer transfer, TftpLine line, TftpFile file, Runnable ended) {}

    /// Takes the port at once.
    ///
    /// @throws IOException when it cannot be had
    TftpLoop(InetSocketAddress at, Port port) throws IOException {
        this.port = port;
        this.listener = DatagramChannel.open(StandardProtocolFamily.INET);
        try {
            listener.bind(at);
            listener.setOption(StandardSocketOptions.SO_RCVBUF, RECEIVE_BUFFER);
            listener.configureBlocking(false);
            this.selector = Selector.open();
            listener.register(selector, SelectionKey.OP_READ);
        } catch (IOException e) {
            listener.close();
            throw e;
        }
    }

    void start() {
        thread.start();
    }

    int port() {
        return listener.socket().getLocalPort();
    }

    /// For all lines that are run here.
    Datagrams datagrams() {
        return datagrams;
    }

    /// Runs it on this thread, soon.
    void post(Runnable task) {
        tasks.add(task);
        if (selector.isOpen()) {
            selector.wakeup();
        } else {
            guarded(task);
        }
    }

    /// Begins a transfer; only on this thread.
    void begin(Session s) {
        try {
            s.line.channel().register(selector, SelectionKey.OP_READ, s);
        } catch (IOException | ClosedSelectorException e) {
            // We are closing.
            release(s);
            return;
        }
        running++;
        run(s, () -> s.transfer.start(System.nanoTime()));
    }

    /// Runs a step of a transfer, and what follows from it.
    private void run(Session s, Runnable step) {
        try {
            step.run();
        } catch (RuntimeException e) {
            // One transfer we cannot handle must not end the others, nor be silence for its
            // machine.
            Log.of(TftpLoop.class).log(System.Logger.Level.ERROR, "transfer not handled", e);
            s.transfer.fail(ErrorCode.NOT_DEFINED, "It cannot be handed out", "We cannot: " + e);
        }
        settle(s);
    }

    /// Closes a transfer that is over; only on this thread.
    void settle(Session s) {
        SelectionKey key = s.line.channel().keyFor(selector);
        if (key == null || !key.isValid()) {
            return;
        }
        if (!s.transfer.over()) {
            int wanted =
                    s.line.full()
                            ? SelectionKey.OP_READ | SelectionKey.OP_WRITE
                            : SelectionKey.OP_READ;
            if (key.interestOps() != wanted) {
                key.interestOps(wanted);
            }
            return;
        }
        running--;
        key.cancel();
        release(s);
    }

    private void release(Session s) {
        datagrams.forget(s.line);
        try (TftpFile _ = s.file;
                TftpLine _ = s.line) {
            s.ended.run();
        } catch (Exception e) {
            Log.of(TftpLoop.class).log(System.Logger.Level.DEBUG, "not closed", e);
        }
    }

    private void run() {
        long ticked = System.nanoTime();
        try {
            while (selector.isOpen()) {
                selector.select(this::ready, running == 0 ? 0 : TICK_MILLIS);
                for (Runnable task = tasks.poll(); task != null; task = tasks.poll()) {
                    guarded(task);
                }
                long now = System.nanoTime();
                if (now - ticked >= TICK) {
                    ticked = now;
                    tick(now);
                }
            }
        } catch (ClosedSelectorException | IOException e) {
            Log.of(TftpLoop.class).log(System.Logger.Level.DEBUG, "TFTP ends", e);
        }
    }

    private static void guarded(Runnable task) {
        try {
            task.run();
        } catch (RuntimeException e) {
            // One request we cannot handle must not end the service for the others.
            Log.of(TftpLoop.class).log(System.Logger.Level.ERROR, "request not handled", e);
        }
    }

    private void tick(long now) {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            if (key.attachment() instanceof Session s && key.isValid()) {
                run(s, () -> s.transfer.tick(now));
            }
        }
    }

    private void ready(SelectionKey key) {
        if (key.attachment() instanceof Session s) {
            run(s, () -> heard(s, key));
        } else {
            guarded(this::listen);
        }
    }

    private void heard(Session s, SelectionKey key) {
        if (key.isWritable()) {
            s.transfer.send();
        }
        // One packet a turn: mostly there is no second one, and to look would cost as much again.
        InetSocketAddress from = receive(s.line.channel());
        if (from == null) {
            return;
        }
        Optional<TftpPacket> packet = TftpPacket.parse(in);
        if (from.equals(s.line.peer())) {
            packet.ifPresent(p -> s.transfer.answered(p, System.nanoTime()));
        } else if (packet.isPresent() && !(packet.get() instanceof TftpError)) {
            s.line.error(ErrorCode.UNKNOWN_TRANSFER, "This is not your transfer", from);
            port.strayed(from);
        }
    }

    private void listen() {
        for (int i = 0; i < TURN; i++) {
            InetSocketAddress from = receive(listener);
            if (from == null) {
                return;
            }
            port.came(in, from);
        }
    }

    /// The next packet is in [#in].
    ///
    /// @return from whom, or null when there is none
    private @Nullable InetSocketAddress receive(DatagramChannel channel) {
        in.clear();
        try {
            InetSocketAddress from = (InetSocketAddress) channel.receive(in);
            in.flip();
            return from;
        } catch (IOException e) {
            if (channel == listener && selector.isOpen()) {
                port.failed(e);
                LockSupport.parkNanos(DhcpSockets.RETRY);
            }
            return null;
        }
    }

    /// Ends all transfers without a word and frees the port.
    @Override
    public void close() {
        post(this::closeAll);
        try {
            thread.join();
        } catch (InterruptedException e) {
            Thread.currentThread().interrupt();
        }
    }

    private void closeAll() {
        for (SelectionKey key : new ArrayList<>(selector.keys())) {
            if (key.attachment() instanceof Session s) {
                s.transfer.drop();
                settle(s);
            }
        }
        try {
            listener.close();
            selector.close();
        } catch (IOException e) {
            Log.of(TftpLoop.class).log(System.Logger.Level.DEBUG, "not closed", e);
        }
    }
}
