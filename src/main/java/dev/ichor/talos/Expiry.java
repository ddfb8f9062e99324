package dev.ichor.talos;

import java.time.Duration;
import java.time.Instant;
import java.time.ZoneOffset;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/// Until when the certificates of a cluster are good, in sentences.
public final class Expiry {
    /// From when on an owner is warned.
    public static final Duration SOON = Duration.ofDays(60);

    private static final String RENEW = "renew it";

    /// `rotate-ca` of talosctl swaps these two in a running cluster, while they are good.
    private static final String ROTATE =
            "it cannot be renewed, only replaced: with talosctl rotate-ca while it is good, with"
                    + " new secrets and machines installed anew after that";

    /// Nothing swaps these two in a running cluster.
    private static final String REPLACE =
            "it cannot be renewed, only replaced: with new secrets and machines installed anew";

    private Expiry() {}

    /// One certificate's state.
    ///
    /// @param good whether nothing has to be done
    /// @param sentence for the owner
    public record Line(boolean good, String sentence) {}

    /// The authorities of a bundle.
    public static List<Line> of(Secrets s, Instant now) {
        List<Line> all = new ArrayList<>();
        all.add(line("The authority of the Talos API", s.talos().crt(), ROTATE, now));
        all.add(line("The authority of Kubernetes", s.kubernetes().crt(), ROTATE, now));
        all.add(line("The authority of etcd", s.etcd().crt(), REPLACE, now));
        all.add(line("The authority of the front proxy", s.aggregator().crt(), REPLACE, now));
        return all;
    }

    /// The client certificate of a talosconfig, and whether it is this cluster's.
    ///
    /// @throws IllegalArgumentException when it is no talosconfig
    public static Line ofTalosconfig(String text, Secrets s, Instant now) {
        TalosConfig config = TalosConfig.parse(text);
        if (!Arrays.equals(der(config.identity().ca()), der(s.talos().crt()))) {
            return new Line(false, "talosconfig is of another cluster: renew it.");
        }
        return line("talosconfig", config.identity().client().crt(), RENEW, now);
    }

    /// The client certificate of a kubeconfig, and whether it is this cluster's.
    ///
    /// @throws IllegalArgumentException when it is no kubeconfig
    public static Line ofKubeconfig(String text, Secrets s, Instant now) {
        KubeConfig config = KubeConfig.parse(text);
        if (!Arrays.equals(der(config.identity().ca()), der(s.kubernetes().crt()))) {
            return new Line(false, "kubeconfig is of another cluster: renew it.");
        }
        return line("kubeconfig", config.identity().client().crt(), RENEW, now);
    }

    private static Line line(String what, String pem, String cure, Instant now) {
        Certificates.Facts facts = Certificates.facts(pem);
        Instant from = facts.from();
        Instant until = facts.until();
        String day = until.atZone(ZoneOffset.UTC).toLocalDate().toString();
        if (now.isBefore(from)) {
            return new Line(
                    false,
                    what
                            + " is not valid before "
                            + from.atZone(ZoneOffset.UTC).toLocalDate()
                            + ": the clock of this PC, or of the one that made it, is wrong.");
        }
        if (now.isAfter(until)) {
            return new Line(false, what + " expired on " + day + ": " + cure + ".");
        }
        long days = Duration.between(now, until).toDays();
        boolean good = days >= SOON.toDays();
        return new Line(
                good,
                what
                        + " is good until "
                        + day
                        + " ("
                        + days
                        + (days == 1 ? " day)" : " days)")
                        + (good ? "." : ": " + cure + "."));
    }

    private static byte[] der(String pem) {
        return Pem.decode(pem, "CERTIFICATE");
    }
}
