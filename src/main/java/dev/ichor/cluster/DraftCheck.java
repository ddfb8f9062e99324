package dev.ichor.cluster;

import java.net.URI;
import java.net.URISyntaxException;
import java.util.ArrayList;
import java.util.HashSet;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.Set;
import java.util.regex.Pattern;

/// The checks behind [Draft#problems()].
final class DraftCheck {
    /// RFC 1123 section 2.1: a host name's label.
    private static final Pattern LABEL = Pattern.compile("[a-z0-9]([a-z0-9-]{0,61}[a-z0-9])?");

    private static final Pattern KUBERNETES = Pattern.compile("1\\.(\\d{1,3})\\.\\d{1,3}");

    /// Talos minor → first and last Kubernetes minor it supports (Talos machinery v1.13.9).
    private static final Map<Integer, int[]> KUBERNETES_OF =
            Map.of(
                    9, new int[] {27, 32},
                    10, new int[] {28, 33},
                    11, new int[] {29, 34},
                    12, new int[] {30, 35},
                    13, new int[] {31, 36});

    private DraftCheck() {}

    static List<Problem> problems(Draft d) {
        List<Problem> all = new ArrayList<>();
        if (!LABEL.matcher(d.clusterName()).matches()) {
            all.add(
                    new Problem(
                            "The cluster's name \"" + d.clusterName() + "\" cannot be used.",
                            "It becomes part of file and host names.",
                            "Use small letters, digits and hyphens, at most 63 characters."));
        }
        versions(d, all);
        roles(d, all);
        hostnames(d, all);
        d.wishes()
                .forEach((mac, w) ->
                        Fitness.of(d.machine(mac).hardware(), w.role(), w.hostname())
                                .ifPresent(all::add));
        AddressCheck.check(d, all);
        return all;
    }

    private static void versions(Draft d, List<Problem> all) {
        Optional<TalosVersion> talos = TalosVersion.parse(d.talos());
        if (talos.isEmpty() || talos.get().patch() < 0) {
            all.add(
                    new Problem(
                            "\"" + d.talos() + "\" is not a Talos release.",
                            "",
                            "Choose one such as v1.13.9."));
            return;
        }
        if (!talos.get().atLeast(TalosVersion.OLDEST.major(), TalosVersion.OLDEST.minor())) {
            all.add(
                    new Problem(
                            "Talos " + talos.get() + " is too old.",
                            "Configs are written for " + TalosVersion.OLDEST + " and later.",
                            "Choose a newer release."));
        }
        var k = KUBERNETES.matcher(d.kubernetes());
        if (!k.matches()) {
            all.add(
                    new Problem(
                            "\"" + d.kubernetes() + "\" is not a Kubernetes release.",
                            "",
                            "Choose one such as 1.36.3."));
            return;
        }
        int[] range = KUBERNETES_OF.get(talos.get().minor());
        int minor = Integer.parseInt(k.group(1));
        if (range != null && (minor < range[0] || minor > range[1])) {
            all.add(
                    new Problem(
                            "Kubernetes "
                                    + d.kubernetes()
                                    + " does not fit Talos "
                                    + talos.get()
                                    + ".",
                            "That Talos runs Kubernetes 1." + range[0] + " to 1." + range[1] + ".",
                            "Choose another Kubernetes or Talos release."));
        }
    }

    private static void roles(Draft d, List<Problem> all) {
        boolean hasControlPlane =
                d.wishes().values().stream().anyMatch(w -> w.role() == Role.CONTROL_PLANE);
        if (!hasControlPlane) {
            all.add(
                    new Problem(
                            "No machine is a control plane yet.",
                            "A cluster needs one, or three to survive the loss of one.",
                            "Give one machine the role control plane."));
            return;
        }
        if (d.endpoint().isBlank() && firstControlPlaneAddress(d).isEmpty()) {
            all.add(
                    new Problem(
                            "The cluster's address is not known.",
                            "No control plane machine has shown its IP address yet.",
                            "Wake the control plane machine, or type the endpoint,"
                                    + " https://ADDRESS:6443."));
        } else if (!d.endpoint().isBlank() && parse(d.endpoint()).isEmpty()) {
            all.add(
                    new Problem(
                            "The endpoint \"" + d.endpoint() + "\" is not an address.",
                            "Talos needs a URL that begins with https:// and names a host.",
                            "Write it as https://ADDRESS:6443."));
        }
    }

    private static void hostnames(Draft d, List<Problem> all) {
        Set<String> seen = new HashSet<>();
        d.wishes()
                .forEach((mac, wish) -> {
                    if (!LABEL.matcher(wish.hostname()).matches()) {
                        all.add(
                                new Problem(
                                        "\""
                                                + wish.hostname()
                                                + "\" is not a host name (machine "
                                                + mac
                                                + ").",
                                        "",
                                        "Use small letters, digits and hyphens, at most 63"
                                                + " characters."));
                    } else if (!seen.add(wish.hostname())) {
                        all.add(
                                new Problem(
                                        "Two machines are called " + wish.hostname() + ".",
                                        "Kubernetes tells nodes apart by name.",
                                        "Rename one of them."));
                    }
                });
    }

    /// The endpoint that was typed, else the first control plane's address with Kubernetes' port.
    static URI endpointOf(Draft d) {
        if (!d.endpoint().isBlank()) {
            return parse(d.endpoint()).orElseThrow();
        }
        return URI.create("https://" + firstControlPlaneAddress(d).orElseThrow() + ":6443");
    }

    private static Optional<Ip4> firstControlPlaneAddress(Draft d) {
        return d.wishes().entrySet().stream()
                .filter(e -> e.getValue().role() == Role.CONTROL_PLANE)
                .map(e -> d.machine(e.getKey()).ip())
                .filter(Objects::nonNull)
                .findFirst();
    }

    private static Optional<URI> parse(String endpoint) {
        try {
            URI uri = new URI(endpoint.strip());
            boolean good = "https".equals(uri.getScheme()) && uri.getHost() != null;
            return good ? Optional.of(uri) : Optional.empty();
        } catch (URISyntaxException e) {
            return Optional.empty();
        }
    }
}
