package dev.ichor.cluster;

import java.util.Collection;
import java.util.Comparator;
import java.util.HashMap;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;

/// A list of machines as it is shown: the likely ones first, and what stands twice marked.
///
/// @param likely probably the owner's thin clients, by address, then by MAC
/// @param others everything else, likewise
/// @param twice machines whose address or SMBIOS UUID another one has, too
public record Sightings(List<Machine> likely, List<Machine> others, Set<Mac> twice) {
    private static final Comparator<Machine> ORDER =
            Comparator.comparing((Machine m) -> m.ip() == null ? Ip4.BROADCAST : m.ip())
                    .thenComparing(Machine::mac);

    /// Sorts and compares.
    public static Sightings of(Collection<Machine> machines) {
        List<Machine> sorted = machines.stream().sorted(ORDER).toList();
        return new Sightings(
                sorted.stream().filter(Machine::likely).toList(),
                sorted.stream().filter(m -> !m.likely()).toList(),
                twice(sorted));
    }

    private static Set<Mac> twice(List<Machine> machines) {
        Map<Object, Mac> first = new HashMap<>();
        Set<Mac> twice = new HashSet<>();
        for (Machine m : machines) {
            note(m.ip(), m.mac(), first, twice);
            String uuid = m.hardware().uuid();
            note(uuid.isEmpty() ? null : uuid, m.mac(), first, twice);
        }
        return Set.copyOf(twice);
    }

    private static void note(
            @org.jspecify.annotations.Nullable Object key,
            Mac mac,
            Map<Object, Mac> first,
            Set<Mac> twice) {
        Mac other = key == null ? null : first.putIfAbsent(key, mac);
        if (other != null) {
            twice.add(other);
            twice.add(mac);
        }
    }
}
