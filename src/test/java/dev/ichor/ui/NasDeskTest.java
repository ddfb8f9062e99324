package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Wiring;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.SealReport;
import dev.ichor.steps.Session;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.TimeUnit;
import java.util.function.Consumer;
import java.util.function.Function;

/// What the pages of the NAS want, carried out on the pretended one.
@Timeout(120)
class NasDeskTest {
    /// The desk answers on the screen's thread.
    private final Ui ui = Ui.start();

    @Test
    void configs_go_to_the_nas_and_off_it_again() throws Exception {
        try (Session session = assigned(BootMode.PROXY)) {
            Desk desk = new Desk(session, s -> {});
            assertThat(told(desk, t -> new Intent.ConfigsOnNas("pretend-lab", t))).isEmpty();
            assertThat(nas(session).configs()).isTrue();

            CompletableFuture<SealReport> report = new CompletableFuture<>();
            assertThat(told(desk, t -> new Intent.Seal(report::complete, t))).isEmpty();
            assertThat(report.get(60, TimeUnit.SECONDS).removed())
                    .contains("generic/control-1.yaml", "generic/worker-1.yaml");
            assertThat(nas(session).configs()).isFalse();
            assertThat(told(desk, Intent.TestNas::new)).isEmpty();
            assertThat(session.snapshot().results().selfTest()).isNotEmpty();
        }
    }

    @Test
    void a_nas_that_boots_the_machines_gets_what_it_needs_for_that() throws Exception {
        try (Session session = assigned(BootMode.NAS_PROXY)) {
            session.start(Step.COPY);
            session.await(Step.COPY);

            assertThat(session.snapshot().state(Step.COPY).status())
                    .as(session.snapshot().state(Step.COPY).toString())
                    .isEqualTo(StepState.Status.DONE);
            assertThat(Objects.requireNonNull(session.snapshot().results().deploy()).create())
                    .contains("compose.yaml", "tftp/autoexec.ipxe");
            assertThat(session.snapshot().results().selfTest()).isNotEmpty();
        }
    }

    private static Session assigned(BootMode mode) throws Exception {
        Session session = new Wiring().demo(new Questions(new Overlay()));
        NasTarget nas = nas(session);
        session.start(Step.GET_READY);
        session.await(Step.GET_READY);
        String adapter = session.snapshot().draft().adapter();
        Draft d = Posed.assigned().named("pretend-lab").on(adapter).booting(mode).copiedTo(nas);
        session.edit(now -> d);
        return session;
    }

    private static NasTarget nas(Session session) {
        return Objects.requireNonNull(session.snapshot().draft().nas());
    }

    private Optional<Problem> told(Desk desk, Function<Consumer<Optional<Problem>>, Intent> intent)
            throws Exception {
        CompletableFuture<Optional<Problem>> answer = new CompletableFuture<>();
        desk.tell(intent.apply(answer::complete));
        return answer.get(90, TimeUnit.SECONDS);
    }
}
