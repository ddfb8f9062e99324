package dev.ichor.diagnosis;

import static dev.ichor.diagnosis.Rule.found;
import static dev.ichor.diagnosis.Rule.words;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.Payload;

import java.time.Duration;
import java.util.List;
import java.util.Optional;

/// Of a machine that has its config, or is held back from it: its Talos API, etcd, and what an
/// older cluster left on it.
final class NodeRules {
    private static final Duration TO_BOOTSTRAP = Duration.ofMinutes(10);

    static final List<Rule> ALL =
            List.of(
                    NodeRules::foreign,
                    NodeRules::trouble,
                    NodeRules::apiSilent,
                    NodeRules::held,
                    NodeRules::notBootstrapped);

    private NodeRules() {}

    private static Optional<Finding> foreign(Trail t) {
        return t.last(BootEvent.ForeignCluster.class)
                .filter(f ->
                        !t.after(
                                f.at(),
                                e ->
                                        e instanceof BootEvent.ApiAnswered
                                                || e instanceof BootEvent.Maintenance
                                                || Trail.done(e, Payload.KERNEL)))
                .flatMap(f ->
                        found(
                                t,
                                Cause.FOREIGN_CLUSTER,
                                f.at(),
                                words(
                                        "It still belongs to an older Talos cluster.",
                                        "another authority answers on " + f.ip() + ":50000",
                                        "Wipe its disk and start over: everything on it is lost."),
                                Remedy.WIPE));
    }

    private static Optional<Finding> trouble(Trail t) {
        return t.last(BootEvent.NodeTrouble.class)
                .filter(n -> !t.after(n.at(), e -> e instanceof BootEvent.ApiAnswered))
                .flatMap(n ->
                        found(
                                t,
                                Cause.NODE_TROUBLE,
                                n.at(),
                                words(
                                        "Its Talos does not get on.",
                                        n.what(),
                                        "Do what the line says; else configure it again or wipe"
                                                + " it."),
                                Remedy.NONE));
    }

    private static Optional<Finding> apiSilent(Trail t) {
        return t.last(NodeRules::isHandOut)
                .filter(c ->
                        t.passed(c.at(), t.limit(Silence.API))
                                && !t.after(c.at(), NodeRules::isAlive))
                .flatMap(c ->
                        found(
                                t,
                                Cause.API_SILENT,
                                c.at(),
                                words(
                                        "It has its config, and its Talos API does not answer.",
                                        "config handed out, TCP 50000 silent for five minutes",
                                        "Look at its screen. Most often it cannot write to the disk"
                                                + " you chose, or restarts from another one."),
                                Remedy.NONE));
    }

    static boolean isHandOut(BootEvent e) {
        return e instanceof BootEvent.ConfigServed || e instanceof BootEvent.ConfigPushed;
    }

    static boolean isAlive(BootEvent e) {
        return e instanceof BootEvent.ApiAnswered
                || e instanceof BootEvent.NodeSaid
                || e instanceof BootEvent.NodeService
                || e instanceof BootEvent.Heard;
    }

    private static Optional<Finding> held(Trail t) {
        return t.last(BootEvent.Held.class)
                .filter(h -> !t.after(h.at(), e -> e instanceof BootEvent.Approved || isHandOut(e)))
                .flatMap(h ->
                        found(
                                t,
                                Cause.HELD,
                                h.at(),
                                words(
                                        "It is held back until you have looked.",
                                        h.reason(),
                                        "If this is as you want it, approve the machine anew."),
                                Remedy.APPROVE));
    }

    private static Optional<Finding> notBootstrapped(Trail t) {
        return t.all(BootEvent.NodeService.class)
                .filter(s ->
                        s.service().equals("etcd") && s.state().matches("(?i)preparing|waiting"))
                .findFirst()
                .filter(s -> t.passed(s.at(), TO_BOOTSTRAP))
                .filter(s ->
                        !t.has(BootEvent.Bootstrapped.class)
                                && t.all(BootEvent.NodeService.class)
                                        .noneMatch(e -> e.service().equals("etcd") && e.healthy()))
                .flatMap(s ->
                        found(
                                t,
                                Cause.NOT_BOOTSTRAPPED,
                                s.at(),
                                words(
                                        "etcd waits: nobody has bootstrapped the cluster.",
                                        "etcd is " + s.state() + " for ten minutes",
                                        "Let this program bring the cluster up, or run talosctl"
                                                + " bootstrap once, against one control plane. The"
                                                + " cluster's shared address answers only then."),
                                Remedy.NONE));
    }
}
