package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.SealReport;
import dev.ichor.cluster.SelfTestLine;
import dev.ichor.steps.Results;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.scene.control.TreeItem;
import javafx.scene.control.TreeView;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Objects;
import java.util.Optional;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// What is on the NAS, what it answers, and what it may hold: the pages of steps 6 and 8.
class NasPagesTest {
    private final Ui ui = Ui.start();
    private final List<Intent> told = new CopyOnWriteArrayList<>();
    private final AtomicReference<Page> page = new AtomicReference<>();

    @AfterEach
    void close() {
        ui.close();
    }

    @Test
    void the_plan_is_a_tree_open_where_something_changes() {
        copy(Posed.assigned(), List.of());

        TreeItem<?> root = ui.onScreen(this::root);
        assertThat(root.getValue()).isEqualTo("/docker/matchbox");
        assertThat(lines(root, ""))
                .containsExactly(
                        "open assets/",
                        "  open v1.13.9/",
                        "    +  initramfs-amd64.xz",
                        "    +  vmlinuz-amd64",
                        "open groups/",
                        "  ~  control-1.json",
                        "  −  worker-9.json, no longer needed",
                        "shut profiles/",
                        "  =  control-1.json",
                        "  =  worker.json");
    }

    @Test
    void what_the_nas_answers_is_told_line_by_line() {
        SelfTestLine good = new SelfTestLine(true, "The NAS serves the kernel.");
        SelfTestLine bad = new SelfTestLine(false, "The NAS does not answer on port 69.");
        copy(Posed.assigned(), List.of(good, bad));
        assertThat(ui.words("#nas-test-said")).isEqualTo("The NAS does not answer on port 69.");

        ui.click("#nas-test");
        assertThat(told).singleElement().isInstanceOf(Intent.TestNas.class);
        assertThat(ui.disabled("#nas-test")).isTrue();
        ui.onScreen(() -> {
            ((Intent.TestNas) told.getFirst()).told().accept(Optional.empty());
            page.get().show(copied(Posed.assigned(), List.of(good)));
            return true;
        });
        assertThat(ui.words("#nas-test-said")).isEqualTo("The NAS serves the kernel.");
        assertThat(ui.disabled("#nas-test")).isFalse();
    }

    @Test
    void the_configs_go_to_the_nas_only_after_the_clusters_name_was_typed() {
        copy(Posed.assigned(), List.of());
        assertThat(ui.visible("#configs-red")).isFalse();
        ui.click("#configs-on-nas");
        ui.type("#configs-name", "home");
        ui.click("#answer-yes");
        ui.waitFor(() -> ui.visible("#configs-name"));
        assertThat(told).isEmpty();

        ui.type("#configs-name", "home-lab");
        ui.click("#answer-yes");
        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Intent.ConfigsOnNas.class,
                        i -> assertThat(i.typed()).isEqualTo("home-lab"));
    }

    @Test
    void what_lies_there_is_said_in_red_and_sealed_with_a_click() {
        finish(holding(Posed.assigned()), StepState.Status.DONE);
        assertThat(ui.words("#configs-red")).startsWith("The machines’ configs with the keys");
        assertThat(ui.visible("#configs-on-nas")).isFalse();
        ui.click("#seal");

        Intent.Seal seal = (Intent.Seal) told.getFirst();
        seal.done()
                .accept(
                        new SealReport(
                                List.of("generic/a.yaml", "generic/b.yaml"),
                                List.of(),
                                List.of("#recycle"),
                                List.of()));
        ui.onScreen(() -> {
            seal.told().accept(Optional.empty());
            page.get().show(finished(Posed.assigned(), StepState.Status.DONE));
            return true;
        });
        ui.waitFor(() -> ui.words("#seal-said").startsWith("2 configs are gone from the NAS"));
        assertThat(ui.words("#seal-said")).contains("#recycle lets only", "talosctl rotate-ca");
        assertThat(ui.visible("#configs-red")).isFalse();
    }

    @Test
    void a_nas_that_does_not_let_go_is_told() {
        finish(holding(Posed.assigned()), StepState.Status.DONE);
        ui.click("#seal");
        ui.onScreen(() -> {
            ((Intent.Seal) told.getFirst())
                    .told()
                    .accept(Optional.of(new Problem("The NAS does not answer.", "", "")));
            return true;
        });

        assertThat(ui.words("#seal-said")).isEqualTo("The NAS does not answer.");
        assertThat(ui.disabled("#seal")).isFalse();
    }

    @Test
    void machines_that_always_netboot_are_moved_to_the_nas() {
        finish(Posed.assigned(), StepState.Status.SKIPPED);
        assertThat(ui.words("#power-said")).startsWith("4 machines start from the network every");
        ui.click("#power-move");

        Draft moved = ((Intent.Edit) told.getFirst()).change().apply(Posed.assigned());
        assertThat(moved.mode()).isEqualTo(BootMode.NAS_PROXY);
        ui.onScreen(() -> {
            page.get().show(finished(moved, StepState.Status.CHECK_AGAIN));
            return true;
        });
        assertThat(ui.words("#power-said")).endsWith("do step 6 now.");
        assertThat(ui.visible("#power-move")).isFalse();
        ui.onScreen(() -> {
            page.get().show(finished(moved, StepState.Status.DONE));
            return true;
        });
        assertThat(ui.words("#power-said")).contains("and the NAS boots them");
    }

    @Test
    void machines_that_start_from_their_disks_need_nobody() {
        Draft disks = Posed.assigned();
        for (var e : disks.wishes().entrySet()) {
            Draft.Wish w = e.getValue();
            disks =
                    disks.assign(
                            e.getKey(),
                            new Draft.Wish(
                                    w.role(),
                                    w.hostname(),
                                    w.disk(),
                                    dev.ichor.cluster.Life.DISK_FIRST));
        }
        finish(disks, StepState.Status.SKIPPED);

        assertThat(ui.words("#power-said")).startsWith("Nothing is to be done");
        assertThat(ui.visible("#power-move")).isFalse();
    }

    private static Draft holding(Draft d) {
        return d.copiedTo(Objects.requireNonNull(d.nas()).holding(true));
    }

    private void copy(Draft draft, List<SelfTestLine> lines) {
        show(new Snapped(CopyPage::new, copied(draft, lines)));
    }

    private void finish(Draft draft, StepState.Status copy) {
        show(
                new Snapped(
                        tell -> new FinishPage(Path.of("/home/ana/lab"), tell),
                        finished(draft, copy)));
    }

    private record Snapped(
            java.util.function.Function<java.util.function.Consumer<Intent>, Page> make,
            Snapshot shown) {}

    private void show(Snapped what) {
        ui.show(
                () -> {
                    page.set(what.make().apply(told::add));
                    page.get().show(what.shown());
                    Overlay overlay = new Overlay();
                    overlay.content(page.get().view());
                    return overlay;
                },
                960,
                900);
    }

    private static Snapshot copied(Draft draft, List<SelfTestLine> lines) {
        return Posed.at(Step.COPY, Posed.done(Step.COPY), draft, answered(lines));
    }

    private static Snapshot finished(Draft draft, StepState.Status copy) {
        Snapshot s = Posed.at(Step.FINISH, Posed.done(Step.FINISH), draft, answered(List.of()));
        var steps = new java.util.EnumMap<>(s.steps());
        steps.put(Step.COPY, new StepState(copy, "", null, null));
        return new Snapshot(s.draft(), s.problems(), steps, s.results());
    }

    private static Results answered(List<SelfTestLine> lines) {
        Results r = Posed.results();
        return new Results(
                r.adapters(),
                r.router(),
                r.pc(),
                r.fetched(),
                r.configs(),
                r.deploy(),
                r.kubeconfig(),
                lines);
    }

    private TreeItem<?> root() {
        return ((TreeView<?>) ui.stage().getScene().lookup("#deploy-plan")).getRoot();
    }

    private static List<String> lines(TreeItem<?> under, String indent) {
        List<String> all = new CopyOnWriteArrayList<>();
        for (TreeItem<?> child : under.getChildren()) {
            String folder = child.isLeaf() ? "" : child.isExpanded() ? "open " : "shut ";
            all.add(indent + folder + child.getValue());
            all.addAll(lines(child, indent + "  "));
        }
        return all;
    }
}
