package dev.ichor.steps;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.NasTarget;

import java.util.EnumSet;
import java.util.Objects;
import java.util.Set;

/// Which finished steps an edit puts in question.
final class Dependencies {
    private Dependencies() {}

    /// The snapshot with the new draft; steps that were done on what has changed say *check again*
    /// and why.
    static Snapshot edited(Snapshot s, Draft now) {
        Draft was = s.draft();
        Snapshot next = s.with(now);
        if (!was.adapter().equals(now.adapter())) {
            next =
                    again(
                            next,
                            EnumSet.of(Step.FIND, Step.BOOT),
                            "another network adapter was chosen");
        }
        if (!was.talos().equals(now.talos()) || !was.image().equals(now.image())) {
            next =
                    again(
                            next,
                            EnumSet.of(Step.DOWNLOAD, Step.CONFIGURE, Step.COPY),
                            "another Talos was chosen");
        }
        if (!was.wishes().equals(now.wishes())
                || !was.clusterName().equals(now.clusterName())
                || !was.endpoint().equals(now.endpoint())
                || !was.options().equals(now.options())
                || !was.kubernetes().equals(now.kubernetes())) {
            next = again(next, EnumSet.of(Step.CONFIGURE, Step.COPY), "the plan has changed");
        }
        if (was.mode() != now.mode()) {
            next = again(next, EnumSet.of(Step.COPY, Step.BOOT), "another boot mode was chosen");
        }
        if (now.mode().onNas() && next.state(Step.COPY).status() == StepState.Status.SKIPPED) {
            next = ask(next, Step.COPY, "the machines boot from the NAS");
        }
        if (!Objects.equals(was.nas(), now.nas()) && sameButPinned(was, now)) {
            next = again(next, EnumSet.of(Step.COPY), "another NAS was chosen");
        }
        return next;
    }

    /// Pinning the NAS's key and taking the configs along are part of copying, no new wish.
    private static boolean sameButPinned(Draft was, Draft now) {
        return was.nas() == null
                || now.nas() == null
                || !wished(was.nas()).equals(wished(now.nas()));
    }

    private static NasTarget wished(NasTarget nas) {
        return nas.pinned("").holding(false);
    }

    private static Snapshot again(Snapshot s, Set<Step> steps, String reason) {
        Snapshot next = s;
        for (Step step : steps) {
            if (s.state(step).status() == StepState.Status.DONE) {
                next = ask(next, step, reason);
            }
        }
        return next;
    }

    private static Snapshot ask(Snapshot s, Step step, String reason) {
        return s.with(step, new StepState(StepState.Status.CHECK_AGAIN, reason, null, null));
    }
}
