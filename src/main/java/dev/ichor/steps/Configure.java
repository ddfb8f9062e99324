package dev.ichor.steps;

import dev.ichor.cluster.ClusterPlan;
import dev.ichor.cluster.Ip4;
import dev.ichor.talos.Expiry;
import dev.ichor.talos.Secrets;
import dev.ichor.talos.TalosConfig;

import java.io.IOException;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.List;
import java.util.Objects;

/// Step 5: the secrets, made once, and what every machine will be told.
final class Configure {
    private Configure() {}

    static String run(Session session, World world, ClusterFolder folder) throws IOException {
        ClusterPlan plan = Needs.plan(session);
        Secrets secrets = session.vault().secrets();
        List<ConfigFile> configs = ConfigFile.of(plan);
        String talosconfig = talosconfig(plan, secrets, world.clock(), world.random());
        session.vault().write("talosconfig", talosconfig);
        session.change(s -> s.with(s.results().withConfigs(configs)));
        StringBuilder done =
                new StringBuilder(
                        configs.size()
                                + " configs for Talos "
                                + plan.talos()
                                + ", secrets in private/");
        Expiry.of(secrets, world.clock().instant()).stream()
                .filter(l -> !l.good())
                .forEach(l -> done.append(". ").append(l.sentence()));
        session.snapshot().draft().warnings().forEach(w -> done.append(". ").append(w.what()));
        return done.toString();
    }

    static String talosconfig(
            ClusterPlan plan, Secrets secrets, InstantSource clock, SecureRandom random) {
        List<String> endpoints =
                plan.controlPlanes().stream()
                        .map(n -> n.machine().ip())
                        .filter(Objects::nonNull)
                        .map(Ip4::toString)
                        .toList();
        return TalosConfig.create(plan.name(), endpoints, secrets, clock, random).yaml();
    }
}
