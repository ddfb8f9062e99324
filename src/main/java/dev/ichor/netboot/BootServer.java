package dev.ichor.netboot;

import dev.ichor.boot.BootLog;
import dev.ichor.boot.BootTree;
import dev.ichor.boot.Loaders;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.ArrayDeque;
import java.util.Deque;
import java.util.List;
import java.util.concurrent.CountDownLatch;
import java.util.concurrent.Executors;
import java.util.concurrent.ScheduledExecutorService;
import java.util.concurrent.TimeUnit;

/// The network boot server of one adapter: DHCP beside the router's, TFTP and HTTP. Reports
/// everything it sees to the boot log.
public final class BootServer implements AutoCloseable {
    private static final String HTTP = "http";
    private static final int ADDRESS_WATCH_SECONDS = 2;

    private final Ip4 address;
    private final Reporter reporter;
    private final CountDownLatch closed = new CountDownLatch(1);
    private final Deque<AutoCloseable> parts = new ArrayDeque<>();
    private final HttpServer http;
    private final TftpService tftp;
    private final @Nullable DhcpService dhcp;

    private BootServer(Setup s, BootTree tree, LoaderChoice loaders, Gate gate, BootLog log)
            throws IOException {
        this.address = s.address();
        this.reporter = new Reporter(log, s.clock());
        Clients clients = new Clients(s.known());
        Identity identity = new Identity(clients, gate.neighbours(), s.clock());
        this.http =
                opened(
                        "TCP port " + s.wire().http(),
                        s.wire().http(),
                        () -> HttpServer.bind(at(s.wire().http()), s.clock()));
        String url = "http://" + address + ":" + http.port();
        Offerings offerings = new Offerings(tree, loaders, url);
        this.tftp =
                opened(
                        "UDP port " + s.wire().tftp(),
                        s.wire().tftp(),
                        () ->
                                new TftpService(
                                        at(s.wire().tftp()),
                                        new TftpService.Context(
                                                offerings, clients, identity, reporter),
                                        Offload.here()));
        Proxy proxy = answers(s.dhcp()) ? new Proxy(address, url, loaders) : null;
        this.dhcp = s.dhcp() instanceof DhcpRole.Off ? null : opened(s, proxy, clients);
        http.serve(new Web(offerings, gate, s, identity, reporter));
        reporter.up(HTTP, address + ":" + http.port());
        watchAddress();
    }

    /// Opens all ports and serves.
    ///
    /// @param tree what the machines ask for
    /// @param loaders what their firmware can start
    /// @param gate lets configs out
    /// @param log is told everything
    /// @throws ProblemException when a port is taken, the rights are missing or the address is gone
    public static BootServer start(
            Setup s, BootTree tree, LoaderChoice loaders, Gate gate, BootLog log)
            throws IOException {
        return new BootServer(s, tree, loaders, gate, log);
    }

    /// As [#start(Setup, BootTree, LoaderChoice, Gate, BootLog)], each machine with the preferred
    /// loader of its firmware.
    public static BootServer start(Setup s, BootTree tree, Loaders loaders, Gate gate, BootLog log)
            throws IOException {
        return start(s, tree, LoaderChoice.first(loaders), gate, log);
    }

    private static boolean answers(DhcpRole role) {
        return role instanceof DhcpRole.Proxy || role instanceof DhcpRole.Lease;
    }

    /// The open ports.
    public Ports ports() {
        return new Ports(
                http.port(),
                tftp.port(),
                dhcp == null ? null : dhcp.port(),
                dhcp == null ? null : dhcp.pxePort());
    }

    /// Waits until the server is closed.
    ///
    /// @throws InterruptedException when the waiting thread is interrupted; the server goes on
    public void await() throws InterruptedException {
        closed.await();
    }

    /// Closes all ports; transfers end.
    @Override
    public void close() {
        while (!parts.isEmpty()) {
            try {
                parts.pop().close();
            } catch (Exception e) {
                Log.of(BootServer.class).log(System.Logger.Level.DEBUG, "not closed", e);
            }
        }
        closed.countDown();
    }

    private InetSocketAddress at(int port) {
        return new InetSocketAddress(address.inet(), port);
    }

    private DhcpService opened(Setup s, @Nullable Proxy proxy, Clients clients)
            throws ProblemException {
        return opened(
                "UDP port " + s.wire().dhcpServer(),
                s.wire().dhcpServer(),
                () -> new DhcpService(s, proxy, false, clients, reporter));
    }

    /// Opens one part; when it does not open, the parts before are closed again.
    private <T extends AutoCloseable> T opened(String port, int number, Opening<T> opening)
            throws ProblemException {
        try {
            T part = opening.open();
            parts.push(part);
            return part;
        } catch (ProblemException e) {
            close();
            throw e;
        } catch (IOException e) {
            close();
            throw Binding.problem(e, address, port, number);
        }
    }

    private interface Opening<T> {
        T open() throws IOException;
    }

    /// Tells when the adapter is unplugged or gets another address, and when it is back.
    private void watchAddress() {
        if (address.inet().isLoopbackAddress()) {
            return;
        }
        ScheduledExecutorService watch =
                Executors.newSingleThreadScheduledExecutor(
                        Thread.ofVirtual().name("address-watch").factory());
        watch.scheduleAtFixedRate(
                this::lookForAddress,
                ADDRESS_WATCH_SECONDS,
                ADDRESS_WATCH_SECONDS,
                TimeUnit.SECONDS);
        parts.push(watch::shutdownNow);
    }

    private void lookForAddress() {
        List<String> services =
                dhcp == null
                        ? List.of(TftpService.TFTP, HTTP)
                        : List.of(DhcpService.DHCP, TftpService.TFTP, HTTP);
        Binding.tell(Binding.here(address), address, services, reporter);
    }
}
