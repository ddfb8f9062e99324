package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;
import dev.ichor.steps.Step;

import java.util.ArrayList;
import java.util.List;

/// Which of the draft's problems belong to which page: those that would vanish if the fields of
/// that page were filled in well.
final class Gaps {
    private static final String SOME_ENDPOINT = "https://10.0.0.1:6443";

    private Gaps() {}

    /// What the owner still has to do on this page before the step can begin.
    static List<Problem> of(Draft draft, Step step) {
        return switch (step) {
            case GET_READY, FINISH -> List.of();
            case FIND -> gap(draft.adapter().isEmpty(), "gap.adapter");
            case ROLES -> roles(draft);
            case DOWNLOAD -> cured(draft, goodVersions(draft));
            case CONFIGURE -> cured(draft, goodNames(draft));
            case COPY -> nas(draft);
            case BOOT -> draft.problems();
        };
    }

    private static List<Problem> roles(Draft draft) {
        List<Problem> rest = new ArrayList<>(draft.problems());
        rest.removeAll(of(draft, Step.DOWNLOAD));
        rest.removeAll(cured(draft, draft.named(Draft.empty().clusterName())));
        return rest;
    }

    private static List<Problem> cured(Draft draft, Draft better) {
        List<Problem> gone = new ArrayList<>(draft.problems());
        gone.removeAll(better.problems());
        return gone;
    }

    private static Draft goodVersions(Draft draft) {
        return draft.versions(Draft.empty().talos(), Draft.empty().kubernetes());
    }

    private static Draft goodNames(Draft draft) {
        return draft.named(Draft.empty().clusterName()).reachedAt(SOME_ENDPOINT);
    }

    private static List<Problem> nas(Draft draft) {
        NasTarget nas = draft.nas();
        if (nas == null || nas.host().isBlank() || nas.user().isBlank() || nas.folder().isBlank()) {
            return gap(true, "gap.nas");
        }
        return nas.base().isEmpty()
                ? gap(true, "gap.nashttp")
                : gap(draft.mode().onNas() && nas.address().equals(Ip4.NONE), "gap.nasaddress");
    }

    private static List<Problem> gap(boolean open, String key) {
        return open
                ? List.of(new Problem(text(key + ".what"), "", text(key + ".remedy")))
                : List.of();
    }
}
