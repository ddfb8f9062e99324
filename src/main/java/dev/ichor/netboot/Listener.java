package dev.ichor.netboot;

import dev.ichor.boot.BootLog;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;

/// Hears who asks for addresses and network boots, and never answers.
public final class Listener {
    private Listener() {}

    /// Listens until the returned one is closed; every DHCP client is told to the log.
    ///
    /// @param s its role is not looked at
    /// @throws ProblemException when the port is taken, the rights are missing or the address is
    ///   gone
    public static AutoCloseable listen(Setup s, BootLog log) throws ProblemException {
        int port = s.wire().dhcpServer();
        try {
            Reporter reporter = new Reporter(log, s.clock());
            return new DhcpService(s, null, true, new Clients(s.known()), reporter);
        } catch (IOException e) {
            throw Binding.problem(e, s.address(), "UDP port " + port, port);
        }
    }
}
