package dev.ichor.cluster;

import java.net.URI;
import java.util.ArrayList;
import java.util.List;
import java.util.Locale;
import java.util.Objects;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What Talos takes and an owner will regret: behind [Draft#warnings()].
final class DraftWarnings {
    private static final Pattern SIZE =
            Pattern.compile("(>=|<=|==|>|<)? *([0-9]+(?:\\.[0-9]+)?) *([KMGT]?)(i?)B?");

    /// What Talos asks for (its system requirements), in bytes.
    private static final double LEAST_DISK = 10.0 * (1L << 30);

    private DraftWarnings() {}

    static List<Problem> of(Draft d) {
        List<Problem> all = new ArrayList<>();
        long controlPlanes =
                d.wishes().values().stream().filter(w -> w.role() == Role.CONTROL_PLANE).count();
        if (controlPlanes > 0 && controlPlanes % 2 == 0) {
            all.add(
                    new Problem(
                            controlPlanes
                                    + " control planes are no safer than "
                                    + (controlPlanes - 1)
                                    + ".",
                            "Their database needs more than half of them to agree.",
                            "Use one, three or five."));
        }
        endpoint(d).ifPresent(all::add);
        d.wishes()
                .values()
                .forEach(w -> {
                    if (w.disk() instanceof InstallDisk.Size s && small(s.size())) {
                        all.add(
                                new Problem(
                                        "The disk of "
                                                + w.hostname()
                                                + " may be smaller than 10 GiB.",
                                        "Talos and its images want that much.",
                                        "Ask for >= 10GiB, or name the disk."));
                    }
                });
        return all;
    }

    /// An endpoint that is a bare address must be one that a control plane has.
    private static Optional<Problem> endpoint(Draft d) {
        if (d.endpoint().isBlank()) {
            return Optional.empty();
        }
        Optional<Ip4> host;
        try {
            host = Ip4.parse(Objects.requireNonNullElse(URI.create(d.endpoint()).getHost(), ""));
        } catch (IllegalArgumentException e) {
            return Optional.empty();
        }
        List<Ip4> known = new ArrayList<>();
        d.wishes()
                .forEach((mac, w) -> {
                    if (w.role() == Role.CONTROL_PLANE) {
                        FixedAddress fixed = w.fixed();
                        Ip4 ip = fixed != null ? fixed.address() : d.machine(mac).ip();
                        known.add(ip == null ? Ip4.NONE : ip);
                    }
                });
        if (host.isEmpty()
                || known.isEmpty()
                || known.contains(Ip4.NONE)
                || known.contains(host.get())
                || host.get().equals(d.options().vip())) {
            return Optional.empty();
        }
        return Optional.of(
                new Problem(
                        "The endpoint " + d.endpoint() + " is no control plane's address.",
                        "The control planes have " + String.join(", ", texts(known)) + ".",
                        "Take one of them, or set a shared address (VIP) for them."));
    }

    private static List<String> texts(List<Ip4> addresses) {
        return addresses.stream().map(Ip4::toString).toList();
    }

    /// Whether a disk below 10 GiB would do.
    private static boolean small(String size) {
        Matcher m = SIZE.matcher(size.strip().toUpperCase(Locale.ROOT).replace("IB", "iB"));
        if (!m.matches()) {
            return false;
        }
        double unit = m.group(4).isEmpty() ? 1000 : 1024;
        double bytes = Double.parseDouble(m.group(2)) * Math.pow(unit, " KMGT".indexOf(m.group(3)));
        return m.group(3).isEmpty() ? false : bytes < LEAST_DISK;
    }
}
