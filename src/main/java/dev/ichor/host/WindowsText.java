package dev.ichor.host;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.PcNetwork.Profile;
import dev.ichor.cluster.PcNetwork.Rule;
import dev.ichor.cluster.PortOwner;
import dev.ichor.cluster.PortOwner.Transport;

import java.util.ArrayList;
import java.util.EnumSet;
import java.util.HashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// Reads what Windows' programs print. Words in the system's language are not looked at.
final class WindowsText {
    private static final Pattern BLANKS = Pattern.compile("\\s+");
    private static final Pattern CSV = Pattern.compile("^\"|\"\\s*,\\s*\"|\"\\s*$");

    /// A TCP socket that waits has no other end.
    private static final String NOBODY = ":0";

    private WindowsText() {}

    /// A process: its image and the services that live in it.
    record Task(String image, List<String> services) {}

    /// `tasklist /svc /fo csv /nh`: image, process number, services.
    static Map<Long, Task> tasks(String text) {
        Map<Long, Task> all = new HashMap<>();
        for (String line : text.lines().toList()) {
            String[] w = CSV.split(line.strip()); // the first is what stands before the first quote
            if (w.length >= 4 && w[2].matches("[0-9]{1,10}")) {
                List<String> services =
                        Pattern.compile(",").splitAsStream(w[3]).map(String::strip).toList();
                all.put(Long.parseLong(w[2]), new Task(w[1], services));
            }
        }
        return all;
    }

    /// `netstat -ano`: protocol, own address, other end, state where there is one, process number.
    static List<PortOwner> listeners(String netstat, Map<Long, Task> tasks) {
        List<PortOwner> all = new ArrayList<>();
        for (String line : netstat.lines().toList()) {
            String[] w = BLANKS.split(line.strip());
            boolean udp = w[0].equals("UDP") && w.length >= 4;
            boolean tcp = w[0].equals("TCP") && w.length >= 5 && w[2].endsWith(NOBODY);
            if (udp || tcp) {
                owner(udp ? Transport.UDP : Transport.TCP, w[1], w[w.length - 1], tasks)
                        .ifPresent(all::add);
            }
        }
        return all;
    }

    private static Optional<PortOwner> owner(
            Transport transport, String local, String pid, Map<Long, Task> tasks) {
        int colon = local.lastIndexOf(':');
        if (colon < 0 || !pid.matches("[0-9]{1,10}")) {
            return Optional.empty();
        }
        String host = local.substring(0, colon);
        String port = local.substring(colon + 1);
        Optional<Ip4> at = host.equals("[::]") ? Optional.of(Ip4.NONE) : Ip4.parse(host);
        Task task = tasks.getOrDefault(Long.parseLong(pid), new Task("", List.of()));
        return at.filter(a -> port.matches("[0-9]{1,5}"))
                .map(a ->
                        new PortOwner(
                                transport,
                                Integer.parseInt(port),
                                a,
                                Long.parseLong(pid),
                                program(task.image()),
                                task.services()));
    }

    private static String program(String image) {
        return image.toLowerCase(Locale.ROOT).matches("ichor(-cli)?\\.exe")
                ? PortOwner.ICHOR
                : image;
    }

    /// `gateway|192.168.1.1`.
    static List<Ip4> gateways(String text) {
        return rows(text, "gateway", 2).flatMap(w -> Ip4.parse(w[1]).stream()).distinct().toList();
    }

    /// `network|192.168.1.10|Private`: what Windows calls the network of an address.
    static Map<Ip4, Profile> profiles(String text) {
        Map<Ip4, Profile> all = new HashMap<>();
        rows(text, "network", 3)
                .forEach(w ->
                        Ip4.parse(w[1])
                                .ifPresent(ip ->
                                        named(w[2]).stream()
                                                .findFirst()
                                                .ifPresent(p -> all.put(ip, p))));
        return all;
    }

    /// `profile|Public|True`: where the firewall is on.
    static Set<Profile> guarded(String text) {
        Set<Profile> all = EnumSet.noneOf(Profile.class);
        rows(text, "profile", 3)
                .filter(w -> w[2].equals("True"))
                .forEach(w -> all.addAll(named(w[1])));
        return all;
    }

    /// `rule|Allow|Private, Domain|UDP`.
    static List<Rule> rules(String text) {
        return rows(text, "rule", 4)
                .map(w -> new Rule(w[1].equals("Allow"), named(w[2]), transports(w[3])))
                .toList();
    }

    private static java.util.stream.Stream<String[]> rows(String text, String kind, int words) {
        return text.lines()
                .map(l -> l.strip().split("\\|", -1))
                .filter(w -> w.length == words && w[0].equals(kind));
    }

    /// As PowerShell writes profiles: `Private, Domain`, `DomainAuthenticated`, `Any`.
    private static Set<Profile> named(String words) {
        Set<Profile> all = EnumSet.noneOf(Profile.class);
        for (Profile p : Profile.values()) {
            if (words.equals("Any") || words.toUpperCase(Locale.ROOT).contains(p.name())) {
                all.add(p);
            }
        }
        return all;
    }

    private static Set<Transport> transports(String word) {
        Set<Transport> all = EnumSet.noneOf(Transport.class);
        for (Transport t : Transport.values()) {
            if (word.equals("Any") || word.equals(t.name())) {
                all.add(t);
            }
        }
        return all;
    }
}
