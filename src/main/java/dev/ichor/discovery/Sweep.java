package dev.ichor.discovery;

import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Subnet;

import java.io.IOException;
import java.util.function.Consumer;

/// Finds every machine of a network that answers ARP, without rights of root.
public final class Sweep {
    private final NeighbourTable table;
    private final Poke poke;
    private final Pause pause;

    /// On the real network: `new Sweep(NeighbourTable.system(), Poke.udp(), Thread::sleep)`.
    public Sweep(NeighbourTable table, Poke poke, Pause pause) {
        this.table = table;
        this.poke = poke;
        this.pause = pause;
    }

    /// Pokes every host but `self`; `found` hears of each machine once, as soon as it answers.
    /// Progress counts addresses.
    ///
    /// @throws dev.ichor.cluster.ProblemException when the network is larger than /20 or nothing
    ///   can be sent
    public void run(Subnet net, Ip4 self, Consumer<Machine> found, Consumer<Amount> progress)
            throws IOException, InterruptedException {
        throw new UnsupportedOperationException("" + table + poke + pause);
    }
}
