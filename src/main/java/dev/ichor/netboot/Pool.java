package dev.ichor.netboot;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Subnet;

import java.util.stream.IntStream;
import java.util.stream.Stream;

/// The addresses we give out: the last ones of a network, without its broadcast and our own.
///
/// @param subnet our address and its network
/// @param size how many, ours among them if it lies there
record Pool(Subnet subnet, int size) {
    private static final int MAX = 1024;

    /// The longest prefix that has room for us and one machine.
    static final int LONGEST_PREFIX = 30;

    static Pool of(Subnet subnet) {
        long hosts = (1L << (Integer.SIZE - subnet.prefix())) - 2;
        return new Pool(subnet, (int) Math.clamp(hosts, 0, MAX));
    }

    Stream<Ip4> all() {
        return IntStream.range(0, size)
                .mapToObj(first()::plus)
                .filter(ip -> !ip.equals(subnet.address()));
    }

    boolean contains(Ip4 ip) {
        return ip.compareTo(first()) >= 0
                && ip.compareTo(subnet.last()) < 0
                && !ip.equals(subnet.address());
    }

    private Ip4 first() {
        return subnet.last().plus(-size);
    }

    /// `192.168.50.1 to 192.168.50.254`.
    @Override
    public String toString() {
        return first() + " to " + subnet.last().plus(-1);
    }
}
