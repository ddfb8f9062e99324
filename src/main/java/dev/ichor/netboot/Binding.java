package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.PortOwner.Transport;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import java.io.IOException;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.List;
import java.util.Locale;

/// Says in words why a port could not be opened.
final class Binding {
    /// Ports below need rights on Linux unless the system says otherwise.
    private static final int PRIVILEGED = 1024;

    private Binding() {}

    /// Whether the address is on one of this PC's adapters.
    static boolean here(Ip4 address) {
        try {
            return address.inet().isLoopbackAddress()
                    || NetworkInterface.getByInetAddress(address.inet()) != null;
        } catch (SocketException e) {
            Log.of(Binding.class).log(System.Logger.Level.DEBUG, "adapters not readable", e);
            return true;
        }
    }

    /// Tells that the services have lost their address, or have it again.
    static void tell(boolean here, Ip4 address, List<String> services, Reporter reporter) {
        for (String service : services) {
            if (here) {
                reporter.upAgain(service);
            } else {
                reporter.down(
                        service,
                        "This PC does not have the address "
                                + address
                                + " any more: plug the cable in, or choose the adapter again.");
            }
        }
    }

    /// @param port `UDP port 67`, for instance
    static ProblemException problem(IOException e, Ip4 address, String port, int number) {
        String what = "The boot server cannot open " + port + " on " + address + ".";
        String said = String.valueOf(e.getMessage()).toLowerCase(Locale.ROOT);
        if (!here(address)) {
            return new ProblemException(
                    new Problem(
                            what,
                            "No adapter of this PC has this address any more.",
                            "Choose the network adapter again."),
                    e);
        }
        if (said.contains("permission") && number < PRIVILEGED) {
            return new ProblemException(
                    new Problem(
                            what,
                            "Linux keeps ports below " + PRIVILEGED + " for the administrator.",
                            "Run: sudo sysctl net.ipv4.ip_unprivileged_port_start=67 (until the"
                                    + " next start of this PC), or start Ichor as root."),
                    e);
        }
        if (said.contains("in use") || said.contains("permission")) {
            return new PortTakenException(
                    new Problem(what, "Another program on this PC has it.", remedy(number)),
                    e,
                    port.startsWith(Transport.UDP.name()) ? Transport.UDP : Transport.TCP,
                    number);
        }
        return new ProblemException(new Problem(what, "The system says: " + e.getMessage(), ""), e);
    }

    private static String remedy(int number) {
        String list = "sudo ss -lunpt 'sport = :" + number + "'";
        return "Stop it, or choose another port. Which one it is says: "
                + list
                + " (on Windows: netstat -abn).";
    }
}
