package dev.ichor.netboot;

import dev.ichor.boot.Content;
import dev.ichor.boot.Loaders;
import dev.ichor.boot.Payload;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.netboot.tftp.ErrorCode;
import dev.ichor.netboot.tftp.TftpPacket;
import dev.ichor.netboot.tftp.TftpPacket.ReadRequest;
import dev.ichor.netboot.tftp.TftpPacket.TftpError;
import dev.ichor.netboot.tftp.TftpPacket.WriteRequest;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.PortUnreachableException;
import java.net.SocketException;
import java.nio.ByteBuffer;
import java.time.Duration;
import java.util.Map;
import java.util.Optional;
import java.util.concurrent.ConcurrentHashMap;
import java.util.concurrent.locks.LockSupport;

/// Hands out loaders and scripts by TFTP: one virtual thread and one socket a transfer.
final class TftpService implements AutoCloseable {
    static final String TFTP = "tftp";

    private static final System.Logger LOG = System.getLogger(TftpService.class.getName());

    /// A DHCP packet older than this does not tell who asks now.
    private static final Duration FRESH = Duration.ofSeconds(120);

    private static final int MAX_TRANSFERS = 4096;
    private static final int MAX_REQUEST = 1500;
    private static final int RECEIVE_BUFFER = 4 << 20;

    private final Ip4 address;
    private final Offerings offerings;
    private final Clients clients;
    private final Identity identity;
    private final Reporter reporter;
    private final DatagramSocket listener;
    private final Map<InetSocketAddress, Thread> transfers = new ConcurrentHashMap<>();

    /// Listens at once.
    ///
    /// @param port 0 takes any free one
    /// @throws IOException when the port cannot be had
    TftpService(
            InetSocketAddress at,
            Offerings offerings,
            Clients clients,
            Identity identity,
            Reporter reporter)
            throws IOException {
        this.address = Ip4.of(at.getAddress()).orElse(Ip4.NONE);
        this.offerings = offerings;
        this.clients = clients;
        this.identity = identity;
        this.reporter = reporter;
        this.listener = new DatagramSocket(at);
        listener.setReceiveBufferSize(RECEIVE_BUFFER);
        Thread.ofPlatform().daemon().name(TFTP).start(this::listen);
        reporter.up(TFTP, address + ":" + port());
    }

    int port() {
        return listener.getLocalPort();
    }

    private void listen() {
        while (!listener.isClosed()) {
            try {
                DatagramPacket p = new DatagramPacket(new byte[MAX_REQUEST], MAX_REQUEST);
                listener.receive(p);
                reporter.upAgain(TFTP);
                request(p);
            } catch (SocketException e) {
                if (!listener.isClosed()) {
                    reporter.down(TFTP, "It cannot receive: " + e.getMessage() + ".");
                    LockSupport.parkNanos(DhcpSockets.RETRY);
                }
            } catch (IOException | RuntimeException e) {
                // One request we cannot handle must not end the service for the others.
                LOG.log(System.Logger.Level.ERROR, "request not handled", e);
            }
        }
    }

    private void request(DatagramPacket p) {
        InetSocketAddress peer = (InetSocketAddress) p.getSocketAddress();
        Optional<TftpPacket> parsed =
                TftpPacket.parse(ByteBuffer.wrap(p.getData(), 0, p.getLength()));
        switch (parsed.orElse(null)) {
            case ReadRequest r -> start(r, peer);
            case WriteRequest w -> {
                stray(peer, "It wants to write " + Nbp.clean(w.name()) + ".");
                start(peer, s -> refuse(s, ErrorCode.ACCESS_VIOLATION, "Nothing can be written"));
            }
            case null, default -> stray(peer, "broken TFTP packet of " + p.getLength() + " bytes");
        }
    }

    private void stray(InetSocketAddress peer, String what) {
        reporter.stray(ip(peer).toString(), what);
    }

    /// A transfer's work.
    @FunctionalInterface
    private interface Work {
        void with(DatagramSocket socket) throws IOException;
    }

    private void start(ReadRequest r, InetSocketAddress peer) {
        if (transfers.size() >= MAX_TRANSFERS) {
            stray(peer, "Too many transfers at once; it has to ask again.");
            return;
        }
        start(peer, s -> serve(r, ip(peer), s));
    }

    /// A repeated request of the same peer ends the transfer before.
    private void start(InetSocketAddress peer, Work work) {
        Thread next =
                Thread.ofVirtual().name("tftp-transfer").unstarted(() -> transfer(peer, work));
        Thread before = transfers.put(peer, next);
        if (before != null) {
            before.interrupt();
        }
        next.start();
    }

    private void transfer(InetSocketAddress peer, Work work) {
        try (DatagramSocket s = new DatagramSocket(new InetSocketAddress(address.inet(), 0))) {
            s.connect(peer);
            guarded(s, work);
        } catch (IOException e) {
            LOG.log(System.Logger.Level.DEBUG, "transfer ended", e);
        } finally {
            transfers.remove(peer, Thread.currentThread());
        }
    }

    private static void guarded(DatagramSocket s, Work work) throws IOException {
        try {
            work.with(s);
        } catch (RuntimeException e) {
            // One transfer we cannot handle must not be silence for its machine.
            LOG.log(System.Logger.Level.ERROR, "transfer not handled", e);
            refuse(s, ErrorCode.NOT_DEFINED, "It cannot be handed out");
        }
    }

    private void serve(ReadRequest r, Ip4 ip, DatagramSocket s) throws IOException {
        Clients.Client client =
                clients.at(ip).filter(c -> !c.staleAt(reporter.now(), FRESH)).orElse(null);
        switch (Nbp.choose(r, client, offerings.loaders())) {
            case Nbp.Choice.Script _ ->
                    send(
                            r,
                            ip,
                            s,
                            Payload.SCRIPT,
                            new Content.Text(Scripts.entry(offerings.http())));
            case Nbp.Choice.Loader(Loaders.Loader loader) ->
                    send(r, ip, s, Payload.LOADER, Content.File.at(loader.path()));
            case Nbp.Choice.NoLoader(Firmware firmware) -> {
                String what = "No boot loader for " + firmware.label() + " is at hand.";
                watch(r, ip, Payload.LOADER, 0).failed(what);
                refuse(s, ErrorCode.NOT_FOUND, what);
            }
            case Nbp.Choice.File(String path) -> {
                Optional<Content> file = Assets.find(offerings.tree(), path);
                Optional<String> refusal =
                        file.isEmpty() ? Optional.empty() : Secrets.tftpRefusal(file.get());
                if (file.isEmpty()) {
                    watch(r, ip, Payload.OTHER, 0).failed("There is no such file.");
                    refuse(s, ErrorCode.NOT_FOUND, "File not found");
                } else if (refusal.isPresent()) {
                    watch(r, ip, Payload.OTHER, 0).failed(refusal.get());
                    refuse(s, ErrorCode.ACCESS_VIOLATION, "Not handed out");
                } else {
                    send(r, ip, s, FileKind.byName(path), file.get());
                }
            }
        }
    }

    private void send(ReadRequest r, Ip4 ip, DatagramSocket s, Payload kind, Content content)
            throws IOException {
        TransferWatch watch = watch(r, ip, kind, content.size());
        try (TftpFile file = TftpFile.open(content, r.mode())) {
            Transfer transfer = new Transfer(s, file, TftpOptions.of(r, file.size()));
            Transfer.End end = transfer.run(told(watch));
            switch (end) {
                case Transfer.End.Complete _ -> watch.done();
                case Transfer.End.SizeProbe _ -> LOG.log(System.Logger.Level.DEBUG, "size probe");
                case Transfer.End.Broken(String reason) -> watch.failed(reason);
            }
        } catch (PortUnreachableException e) {
            watch.failed("The machine does not listen any more.");
        } catch (IOException e) {
            if (!Thread.currentThread().isInterrupted()) {
                watch.failed(e.getMessage() == null ? e.toString() : e.getMessage());
                refuse(s, ErrorCode.NOT_DEFINED, "The file cannot be read");
            }
        }
    }

    private static Transfer.Watch told(TransferWatch watch) {
        return new Transfer.Watch() {
            @Override
            public void begun() {
                watch.begun();
            }

            @Override
            public void progress(long done) {
                watch.progress(done);
            }
        };
    }

    private TransferWatch watch(ReadRequest r, Ip4 ip, Payload kind, long size) {
        return new TransferWatch(
                reporter,
                new TransferWatch.What(
                        identity.of(ip, null),
                        ip,
                        TransferWatch.TFTP,
                        kind,
                        Nbp.clean(r.name()),
                        size));
    }

    private static void refuse(DatagramSocket s, ErrorCode code, String message)
            throws IOException {
        byte[] b = new TftpError(code, message).encode();
        s.send(new DatagramPacket(b, b.length));
    }

    private static Ip4 ip(InetSocketAddress peer) {
        return Ip4.of(peer.getAddress()).orElse(Ip4.NONE);
    }

    @Override
    public void close() {
        listener.close();
        transfers.values().forEach(Thread::interrupt);
    }
}
