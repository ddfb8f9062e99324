package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.netboot.dhcp.DhcpBuilder;
import dev.ichor.netboot.dhcp.DhcpOption;
import dev.ichor.netboot.dhcp.DhcpPacket;
import dev.ichor.netboot.dhcp.MessageType;

import java.io.IOException;
import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.SocketTimeoutException;
import java.util.Arrays;
import java.util.Set;
import java.util.TreeSet;

/// Broadcasts DISCOVERs as UEFI firmware does, and says which servers offered what, until as many
/// have answered as are named, or for twenty seconds. Started as a process of its own in another
/// network namespace.
final class AskAsFirmware {
    private static final int TRIES = 20;

    private AskAsFirmware() {}

    public static void main(String[] args) throws IOException {
        byte[] discover =
                DhcpBuilder.request(MessageType.DISCOVER, 7, Mac.of(args[0]).bytes())
                        .flags(DhcpPacket.BROADCAST)
                        .option(DhcpOption.VENDOR_CLASS, "PXEClient:Arch:00007:UNDI:003000")
                        .arch(7)
                        .build()
                        .encode();
        Set<String> offers = new TreeSet<>();
        try (DatagramSocket socket = new DatagramSocket(null)) {
            socket.setBroadcast(true);
            socket.bind(new InetSocketAddress("0.0.0.0", 68));
            socket.setSoTimeout(1000);
            InetSocketAddress all = new InetSocketAddress(Ip4.BROADCAST.inet(), 67);
            for (int i = 0; i < TRIES && offers.size() < Integer.parseInt(args[1]); i++) {
                socket.send(new DatagramPacket(discover, discover.length, all));
                hear(socket, offers);
            }
        }
        offers.forEach(System.out::println);
    }

    private static void hear(DatagramSocket socket, Set<String> offers) throws IOException {
        try {
            while (true) {
                DatagramPacket in = new DatagramPacket(new byte[1500], 1500);
                socket.receive(in);
                DhcpPacket.parse(Arrays.copyOf(in.getData(), in.getLength()))
                        .ifPresent(p ->
                                offers.add(
                                        new Ip4(p.serverId())
                                                + (p.yiaddr() == 0 ? " no address " : " address ")
                                                + p.bootFile()));
            }
        } catch (SocketTimeoutException e) {
            // Nobody else speaks now.
        }
    }
}
