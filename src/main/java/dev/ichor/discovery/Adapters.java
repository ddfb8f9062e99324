package dev.ichor.discovery;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Subnet;

import java.io.IOException;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.NetworkInterface;
import java.net.SocketException;
import java.util.ArrayList;
import java.util.Comparator;
import java.util.List;
import java.util.Locale;
import java.util.regex.Pattern;

/// This PC's network adapters, the one that most likely leads to the home network first.
public final class Adapters {
    private static final Pattern VIRTUAL =
            Pattern.compile(
                    "^(docker|br-|veth|tun|tap|wg|utun|virbr|lxc|lxd|zt|cni|flannel|podman|ppp)"
                            + "|vethernet|hyper-v|virtual|vmware|tailscale|zerotier|vpn|wireguard"
                            + "|wintun|nordlynx|anyconnect|globalprotect|forticlient|fortissl"
                            + "|wan miniport|bluetooth|npcap");
    private static final Pattern WIRELESS = Pattern.compile("^wl|wi-?fi|wireless|802\\.11");

    /// An address that no host has (TEST-NET-1, RFC 5737): its route is the default route.
    private static final Ip4 ELSEWHERE = Ip4.of("192.0.2.1");

    private Adapters() {}

    /// All that are up and have an IPv4 address, best first; loopback is left out.
    ///
    /// @throws IOException when the system does not tell
    public static List<Adapter> list() throws IOException {
        Ip4 leaving = leavingAddress();
        List<Adapter> all = new ArrayList<>();
        for (NetworkInterface nic : NetworkInterface.networkInterfaces().toList()) {
            if (nic.isUp() && !nic.isLoopback()) {
                addAll(all, nic, leaving);
            }
        }
        all.sort(Comparator.comparingInt(Adapter::score).reversed());
        return List.copyOf(all);
    }

    private static void addAll(List<Adapter> all, NetworkInterface nic, Ip4 leaving)
            throws SocketException {
        boolean odd = nic.isPointToPoint() || nic.isVirtual() || nic.getHardwareAddress() == null;
        for (var address : nic.getInterfaceAddresses()) {
            Ip4.of(address.getAddress())
                    .map(ip -> new Subnet(ip, address.getNetworkPrefixLength()))
                    .ifPresent(net ->
                            all.add(judge(nic.getName(), nic.getDisplayName(), net, odd, leaving)));
        }
    }

    /// How likely it is the home network: real before virtual, then the default route's, then a
    /// private address (RFC 1918), then wired.
    static Adapter judge(String id, String words, Subnet net, boolean odd, Ip4 leaving) {
        boolean virtual = odd || matches(VIRTUAL, id) || matches(VIRTUAL, words);
        boolean wireless = matches(WIRELESS, id) || matches(WIRELESS, words);
        boolean out = net.address().equals(leaving);
        int score =
                (virtual ? 0 : 8)
                        + (out ? 4 : 0)
                        + (net.address().inet().isSiteLocalAddress() ? 2 : 0)
                        + (wireless ? 0 : 1);
        String label = words + " (" + net.address() + "/" + net.prefix() + ")";
        return new Adapter(id, label, net, virtual, score, wireless, out);
    }

    private static boolean matches(Pattern pattern, String name) {
        return pattern.matcher(name.toLowerCase(Locale.ROOT)).find();
    }

    /// Our address on the default route. Connecting a UDP socket asks the routing table and sends
    /// nothing.
    private static Ip4 leavingAddress() {
        try (var socket = new DatagramSocket()) {
            socket.connect(new InetSocketAddress(ELSEWHERE.inet(), Poke.DISCARD_PORT));
            return Ip4.of(socket.getLocalAddress()).orElse(Ip4.NONE);
        } catch (IOException e) {
            return Ip4.NONE; // no default route at all
        }
    }
}
