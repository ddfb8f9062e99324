package dev.ichor.discovery;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Machine;

import java.io.IOException;
import java.time.Duration;
import java.util.ArrayList;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.ConcurrentHashMap;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// A closer look at machines that were found: what runs on them, and what they call themselves.
public final class Survey {
    private static final Duration CONNECT = Duration.ofMillis(400);
    private static final Duration NAMES = Duration.ofMillis(600);

    private Survey() {}

    /// Looks at all machines that have an address; `learnt` hears of a machine again for each thing
    /// learnt.
    ///
    /// @param self our address on their network
    /// @param talosApi TCP port of the Talos API there
    /// @throws IOException when nothing can be sent from there
    public static void run(Ip4 self, int talosApi, List<Machine> machines, Consumer<Machine> learnt)
            throws IOException, InterruptedException {
        List<Ip4> hosts = machines.stream().flatMap(m -> Stream.ofNullable(m.ip())).toList();
        List<Integer> ports = new ArrayList<>(OpenPorts.TELLING);
        ports.add(talosApi);
        Set<Ip4> dns = ConcurrentHashMap.newKeySet();
        OpenPorts.look(
                hosts,
                ports,
                CONNECT,
                (ip, port) -> {
                    if (port == NamePacket.DNS_PORT) {
                        dns.add(ip);
                    }
                    int known = port == talosApi ? Machine.TALOS_API : port;
                    at(machines, ip, m -> learnt.accept(m.open(new TreeSet<>(Set.of(known)))));
                });
        HostNames.standard()
                .ask(
                        self,
                        hosts,
                        dns,
                        NAMES,
                        (ip, name) -> at(machines, ip, m -> learnt.accept(m.named(name))));
    }

    private static void at(List<Machine> machines, Ip4 ip, Consumer<Machine> then) {
        machines.stream().filter(m -> ip.equals(m.ip())).forEach(then);
    }
}
