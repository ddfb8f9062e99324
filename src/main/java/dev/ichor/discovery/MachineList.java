package dev.ichor.discovery;

import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;

import java.util.ArrayList;
import java.util.Arrays;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Locale;
import java.util.Map;
import java.util.Optional;
import java.util.function.Function;
import java.util.regex.Pattern;

/// Machines that the owner typed or pasted: MACs, a CSV file, or what `arp -a`, `ip neigh` or a
/// router's client list prints.
///
/// @param machines one for each MAC, in the order of the text
/// @param odd the first line that holds something but no MAC, or empty
public record MachineList(List<Machine> machines, String odd) {
    /// Longer lines belong to no list of machines.
    private static final int LONGEST = 2000;

    private static final int SHOWN = 40;

    private static final Pattern MAC =
            Pattern.compile(
                    "(?<![0-9A-Fa-f:.-])([0-9A-Fa-f]{1,2}(?:[:-][0-9A-Fa-f]{1,2}){5}"
                        + "|[0-9A-Fa-f]{4}(?:\\.[0-9A-Fa-f]{4}){2}|[0-9A-Fa-f]{12})(?![0-9A-Fa-f:.-])");
    private static final Pattern IP =
            Pattern.compile("(?<![0-9.])([0-9]{1,3}(?:\\.[0-9]{1,3}){3})(?![0-9.])");

    /// A word that names a host: not a number, no adapter, no state.
    private static final Pattern NAME = Pattern.compile("[A-Za-z][A-Za-z0-9-]*(\\.[A-Za-z0-9-]+)*");

    /// Words that such lists are full of and that name no machine.
    private static final Pattern FILLER =
            Pattern.compile(
                    "(?i)dev|lladdr|at|on|ether|reachable|stale|delay|probe|permanent|failed|incomplete"
                        + "|dynamic|dynamisch|static|statisch|mac|ip|name|netmask|ifscope|eth[0-9]+|en[pos0-9].*"
                        + "|wl.*|br[-0-9].*|vlan[0-9]*|c|cm");

    /// Copies the list.
    public MachineList {
        machines = List.copyOf(machines);
    }

    /// Reads the text; what is not understood is named and loses nothing else.
    public static MachineList parse(String text) {
        Map<Mac, Machine> all = new LinkedHashMap<>();
        String odd = "";
        Optional<Columns> columns = Optional.empty();
        for (String line : text.lines().map(String::strip).toList()) {
            if (line.isEmpty()) {
                continue;
            }
            List<Machine> found =
                    line.length() > LONGEST ? List.of() : machines(line, columns.orElse(null));
            found.forEach(m -> all.merge(m.mac(), m, Machine::merge));
            if (found.isEmpty()) {
                Optional<Columns> header = Columns.of(line);
                columns = header.isPresent() ? header : columns;
                odd = odd.isEmpty() && header.isEmpty() && !heading(line) ? shown(line) : odd;
            }
        }
        return new MachineList(List.copyOf(all.values()), odd);
    }

    /// Titles of `arp -a` and `/proc/net/arp`, and broadcast entries: no machine, and nothing odd.
    private static boolean heading(String line) {
        return line.endsWith(":")
                || IP.matcher(line).find()
                || line.toLowerCase(Locale.ROOT).contains("address")
                || line.toLowerCase(Locale.ROOT).contains("adresse");
    }

    private static List<Machine> machines(
            String line, @org.jspecify.annotations.Nullable Columns columns) {
        List<Mac> macs =
                MAC.matcher(line)
                        .results()
                        .flatMap(m -> mac(m.group(1)).stream())
                        .filter(ArpText::isOneMachine)
                        .toList();
        List<Machine> all = new ArrayList<>();
        for (Mac mac : macs) {
            Machine bare = Machine.of(mac);
            all.add(macs.size() > 1 ? bare : described(bare, line, columns));
        }
        return all.stream().map(m -> m.made(Vendors.of(m.mac()))).toList();
    }

    private static Machine described(
            Machine bare, String line, @org.jspecify.annotations.Nullable Columns columns) {
        Optional<Ip4> ip =
                IP.matcher(line).results().flatMap(m -> Ip4.parse(m.group(1)).stream()).findFirst();
        String name = columns == null ? name(line) : columns.name(line);
        return new Machine(bare.mac(), ip.orElse(null), "", name, Firmware.UNKNOWN, false);
    }

    private static String name(String line) {
        String rest = IP.matcher(MAC.matcher(line).replaceAll(" ")).replaceAll(" ");
        return Arrays.stream(rest.split("[\\s,;()\\[\\]\"?*<>|]+"))
                .filter(w -> NAME.matcher(w).matches() && !FILLER.matcher(w).matches())
                .findFirst()
                .orElse("");
    }

    /// macOS leaves leading zeros out.
    private static Optional<Mac> mac(String text) {
        String[] octets = text.split("[:-]");
        return octets.length != 6
                ? Mac.parse(text)
                : Mac.parse(
                        String.join(
                                ":",
                                Arrays.stream(octets)
                                        .map(o -> o.length() == 1 ? "0" + o : o)
                                        .toList()));
    }

    private static String shown(String line) {
        return line.length() > SHOWN ? line.substring(0, SHOWN) + "…" : line;
    }

    /// The first line of a CSV file: which column holds the name.
    private record Columns(String separator, int nameAt) {
        static Optional<Columns> of(String line) {
            String separator = line.contains(";") ? ";" : line.contains("\t") ? "\t" : ",";
            List<String> titles =
                    Arrays.stream(line.toLowerCase(Locale.ROOT).split(separator))
                            .map(t -> t.replace("\"", "").strip())
                            .toList();
            boolean csv = titles.stream().anyMatch(t -> t.startsWith("mac")) && titles.size() > 1;
            int name = index(titles, t -> t.equals("name") || t.startsWith("host"));
            return csv ? Optional.of(new Columns(separator, name)) : Optional.empty();
        }

        private static int index(List<String> titles, Function<String, Boolean> wanted) {
            for (int i = 0; i < titles.size(); i++) {
                if (wanted.apply(titles.get(i))) {
                    return i;
                }
            }
            return -1;
        }

        String name(String line) {
            String[] cells = line.split(separator, -1);
            return nameAt < 0 || nameAt >= cells.length
                    ? ""
                    : cells[nameAt].replace("\"", "").strip();
        }
    }
}
