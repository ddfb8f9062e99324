import dev.ichor.cluster.Amount;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Subnet;
import dev.ichor.discovery.NeighbourTable;
import dev.ichor.discovery.Poke;
import dev.ichor.discovery.Sweep;

import java.util.ArrayList;
import java.util.List;

/// One sweep in a fresh process: `SweepLoad NET OWN-ADDRESS`. Says as JSON how many were found, and
/// in ms from its start when the first, the half and the last one was, and when it was over.
public final class SweepLoad {
    public static void main(String[] a) throws Exception {
        Subnet net = Subnet.parse(a[0]).orElseThrow();
        List<Double> found = new ArrayList<>();
        long start = System.nanoTime();
        new Sweep(NeighbourTable.system(), Poke.udp(), Thread::sleep)
                .run(net, Ip4.of(a[1]), m -> found.add(since(start)), Amount.IGNORE);
        double over = since(start);
        System.out.printf(
                "{\"found\": %d, \"first\": %.1f, \"half\": %.1f, \"last\": %.1f, \"over\":"
                        + " %.1f}%n",
                found.size(),
                found.isEmpty() ? over : found.getFirst(),
                found.isEmpty() ? over : found.get(found.size() / 2),
                found.isEmpty() ? over : found.getLast(),
                over);
    }

    private static double since(long start) {
        return (System.nanoTime() - start) / 1e6;
    }
}
