package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Problem;
import dev.ichor.steps.Results;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;
import dev.ichor.steps.StepState.Status;

import org.junit.jupiter.api.Test;

import java.util.Arrays;

class FlowTest {
    @Test
    void only_the_first_page_is_open_at_the_start() {
        Snapshot s = at(Step.GET_READY, Posed.todo());

        assertThat(reachable(s)).containsExactly(Step.GET_READY);
    }

    @Test
    void every_step_done_can_be_gone_back_to_and_the_next_one_is_open() {
        Snapshot s = at(Step.DOWNLOAD, Posed.todo());

        assertThat(reachable(s))
                .containsExactly(Step.GET_READY, Step.FIND, Step.ROLES, Step.DOWNLOAD);
    }

    @Test
    void a_step_to_be_checked_again_does_not_close_the_pages_behind_it() {
        Snapshot s =
                at(
                        Step.COPY,
                        new StepState(Status.CHECK_AGAIN, "the plan has changed", null, null));

        assertThat(reachable(s)).contains(Step.BOOT);
    }

    @Test
    void searching_goes_on_behind_the_next_page_but_downloading_has_to_end_first() {
        assertThat(Flow.next(at(Step.FIND, Posed.running("", 1, 2)), Step.FIND))
                .isEqualTo(new Flow.Move.Turn(Step.ROLES));
        assertThat(Flow.next(at(Step.DOWNLOAD, Posed.running("", 1, 2)), Step.DOWNLOAD))
                .isEqualTo(new Flow.Move.Busy());
    }

    @Test
    void the_program_goes_on_at_the_first_step_that_is_not_settled() {
        Snapshot s = at(Step.COPY, new StepState(Status.SKIPPED, "", null, null));

        assertThat(Flow.resume(s)).isEqualTo(Step.BOOT);
    }

    @Test
    void the_button_carries_the_verb_until_the_step_is_done() {
        assertThat(Flow.commits(at(Step.DOWNLOAD, Posed.todo()), Step.DOWNLOAD)).isTrue();
        assertThat(Flow.commits(at(Step.DOWNLOAD, Posed.done(Step.DOWNLOAD)), Step.DOWNLOAD))
                .isFalse();
    }

    @Test
    void a_step_with_gaps_does_not_begin_and_says_all_of_them() {
        Snapshot s =
                Posed.at(
                        Step.CONFIGURE,
                        Posed.todo(),
                        Posed.assigned().named("Home Lab").reachedAt("nonsense"),
                        Results.NONE);

        assertThat(Flow.next(s, Step.CONFIGURE))
                .isInstanceOfSatisfying(
                        Flow.Move.Blocked.class,
                        m ->
                                assertThat(m.by())
                                        .extracting(Problem::what)
                                        .containsExactlyInAnyOrder(
                                                "The cluster's name \"Home Lab\" cannot be used.",
                                                "The endpoint \"nonsense\" is not an address."));
    }

    @Test
    void a_bad_release_is_asked_for_on_the_download_page_only() {
        var draft = Posed.assigned().versions("v1.13.9", "1.12.0");

        assertThat(Gaps.of(draft, Step.DOWNLOAD)).hasSize(1);
        assertThat(Gaps.of(draft, Step.ROLES)).isEmpty();
        assertThat(Gaps.of(draft, Step.CONFIGURE)).isEmpty();
    }

    @Test
    void without_a_nas_the_copy_step_says_so() {
        assertThat(Gaps.of(Posed.found(), Step.COPY)).hasSize(1);
        assertThat(Gaps.of(Posed.assigned(), Step.COPY)).isEmpty();
    }

    private static Snapshot at(Step step, StepState state) {
        return Posed.at(step, state, Posed.assigned(), Results.NONE);
    }

    private static Step[] reachable(Snapshot s) {
        return Arrays.stream(Step.values())
                .filter(step -> Flow.reachable(s, step))
                .toArray(Step[]::new);
    }
}
