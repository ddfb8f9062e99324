package dev.ichor.fleet;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Subnet;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.ServerSocket;
import java.security.SecureRandom;

/// A part of 127.77.0.0/16 that is ours until it is closed: two pretended networks can live side by
/// side on one PC. Loopback is all of 127.0.0.0/8 (RFC 1122 section 3.2.1.3).
final class Block implements AutoCloseable {
    private static final Ip4 ALL = Ip4.of("127.77.0.0");
    private static final int ALL_BITS = 16;

    /// Whoever holds this port on a block's router address owns the block.
    private static final int CLAIM_PORT = 17_677;

    private static final int FIRST_MACHINE = 10;
    private static final int SMALL = 200;
    private static final int SMALL_PREFIX = 24;
    private static final int LARGE_PREFIX = 22;

    private final Subnet subnet;
    private final ServerSocket claim;

    private Block(Subnet subnet, ServerSocket claim) {
        this.subnet = subnet;
        this.claim = claim;
    }

    /// Takes a free block with room for so many machines.
    ///
    /// @throws ProblemException when every block is taken, or this system has no such addresses
    static Block free(int machines, SecureRandom random) throws IOException {
        int prefix = machines <= SMALL ? SMALL_PREFIX : LARGE_PREFIX;
        int blocks = 1 << (prefix - ALL_BITS);
        int first = random.nextInt(blocks);
        IOException last = new IOException("no block");
        for (int i = 0; i < blocks; i++) {
            Ip4 network = ALL.plus((first + i) % blocks << (Integer.SIZE - prefix));
            try {
                return new Block(new Subnet(network.plus(2), prefix), claim(network.plus(1)));
            } catch (IOException e) {
                last = e;
            }
        }
        throw new ProblemException(
                new dev.ichor.cluster.Problem(
                        "The pretend network found no free addresses in 127.77.0.0/16.",
                        "This system said: " + last.getMessage() + ".",
                        "Close other demos that run, or try it on Windows or Linux."),
                last);
    }

    private static ServerSocket claim(Ip4 router) throws IOException {
        ServerSocket socket = new ServerSocket();
        try {
            // A demo that has just ended must not keep its block for a minute of TIME_WAIT.
            socket.setReuseAddress(!System.getProperty("os.name").startsWith("Windows"));
            socket.bind(new InetSocketAddress(router.inet(), CLAIM_PORT));
            return socket;
        } catch (IOException e) {
            socket.close();
            throw e;
        }
    }

    /// The PC's own address with the prefix length.
    Subnet subnet() {
        return subnet;
    }

    Ip4 router() {
        return subnet.network().plus(1);
    }

    Ip4 pc() {
        return subnet.address();
    }

    Ip4 nas() {
        return subnet.network().plus(3);
    }

    Ip4 mirror() {
        return subnet.network().plus(4);
    }

    /// The address of the machine with that index, counted from 0.
    Ip4 machine(int index) {
        return subnet.network().plus(FIRST_MACHINE + index);
    }

    @Override
    public void close() throws IOException {
        claim.close();
    }
}
