package dev.ichor.netboot.ignition;

import java.nio.charset.StandardCharsets;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.stream.Stream;

/// What Ignition refuses about disks.
final class Disks {
    /// The file systems, and how many bytes their labels have at most.
    private static final Map<String, Integer> LABELS =
            Map.of("ext4", 16, "btrfs", 256, "xfs", 12, "swap", 15, "vfat", 11, "none", 1 << 30);

    private static final Set<String> STRIPED = Set.of("linear", "raid0", "0", "stripe");
    private static final Set<String> REDUNDANT =
            Set.of(
                    "raid1", "1", "mirror", "raid4", "4", "raid5", "5", "raid6", "6", "raid10",
                    "10");

    private static final int MAX_PARTITION_LABEL = 36;

    private Disks() {}

    static int bytes(String text) {
        return text.getBytes(StandardCharsets.UTF_8).length;
    }

    static boolean disk(Part p) {
        List<Part> partitions = p.parts("partitions");
        boolean gone = partitions.stream().anyMatch(q -> q.is("shouldExist", false));
        boolean anyNumber = partitions.stream().anyMatch(q -> q.number("number") == 0);
        return Rules.path(p.textOrEmpty("device"))
                && different(
                        partitions.stream()
                                .map(q -> q.number("number"))
                                .filter(n -> n != 0)
                                .map(String::valueOf))
                && different(partitions.stream().flatMap(q -> q.text("label").stream()))
                && !(gone && anyNumber)
                && !overlap(partitions);
    }

    private static boolean different(Stream<String> names) {
        Set<String> seen = new HashSet<>();
        return names.allMatch(seen::add);
    }

    private static boolean placed(Part p) {
        return p.has("sizeMiB") && p.number("startMiB") != 0;
    }

    private static long end(Part p) {
        long size = p.number("sizeMiB");
        return p.number("startMiB") + (size == 0 ? 0 : size - 1);
    }

    private static boolean overlap(List<Part> all) {
        List<Part> placed = all.stream().filter(Disks::placed).toList();
        for (int i = 0; i < placed.size(); i++) {
            for (int j = 0; j < placed.size(); j++) {
                Part p = placed.get(i);
                Part o = placed.get(j);
                if (i != j && (within(p.number("startMiB"), o) || within(end(p), o))) {
                    return true;
                }
            }
        }
        return false;
    }

    private static boolean within(long at, Part o) {
        return at >= o.number("startMiB") && at <= end(o);
    }

    static boolean partition(Part p) {
        String label = p.textOrEmpty("label");
        boolean more =
                p.has("label")
                        || !p.textOrEmpty("typeGuid").isEmpty()
                        || !p.textOrEmpty("guid").isEmpty()
                        || p.has("startMiB")
                        || p.has("sizeMiB");
        return !(p.is("shouldExist", false) && more)
                && (p.number("number") != 0 || p.has("label"))
                && bytes(label) <= MAX_PARTITION_LABEL
                && !label.contains(":");
    }

    static boolean filesystem(Part p, int minor) {
        String format = p.textOrEmpty("format");
        String path = p.textOrEmpty("path");
        String label = p.textOrEmpty("label");
        boolean known =
                LABELS.containsKey(format)
                        && (minor >= 3 || !format.equals("none"))
                        && bytes(label) <= LABELS.getOrDefault(format, 0);
        boolean bare =
                path.isEmpty()
                        && label.isEmpty()
                        && p.textOrEmpty("uuid").isEmpty()
                        && !p.is("wipeFilesystem", true)
                        && p.list("mountOptions").isEmpty()
                        && p.list("options").isEmpty();
        return Rules.path(p.textOrEmpty("device"))
                && (path.isEmpty() || Rules.path(path))
                && (format.isEmpty() ? bare : known);
    }

    static boolean raid(Part p) {
        String level = p.textOrEmpty("level");
        boolean known =
                REDUNDANT.contains(level) || STRIPED.contains(level) && p.number("spares") == 0;
        return known
                && !p.list("devices").isEmpty()
                && p.list("devices").stream().allMatch(d -> Rules.path(d.toString()));
    }
}
