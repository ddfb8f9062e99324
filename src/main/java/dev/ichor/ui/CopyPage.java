package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.DeployPlan;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.SelfTestLine;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TreeView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.function.Consumer;

/// Step 6: onto the NAS, or not.
final class CopyPage implements Page {
    private static final double ROW = 28;

    private final Consumer<Intent> tell;
    private final TypedField host = new TypedField("nas-host", v -> typed());
    private final TypedField user = new TypedField("nas-user", v -> typed());
    private final TypedField key = new TypedField("nas-key", v -> typed());
    private final TypedField folder = new TypedField("nas-folder", v -> typed());
    private final TypedField http = new TypedField("nas-http", v -> typed());
    private final TreeView<String> plan = new TreeView<>();
    private final Notice answers = new Notice("nas-test-said");
    private final Button test;
    private final SealPane configs;
    private final VBox nothing = Parts.empty(Feather.HARD_DRIVE, "copy.empty", "copy.empty.do");
    private final Label sum = Parts.prose("", "muted");
    private final Button skip;
    private final Notice needed = new Notice("copy-needed");
    private final RouterPane router;
    private final VBox view;
    private List<SelfTestLine> tested = List.of();
    private @Nullable DeployPlan shown;
    private boolean asking;

    CopyPage(Consumer<Intent> tell) {
        this.tell = tell;
        skip = Parts.button("skip", "copy.skip", Feather.SKIP_FORWARD, this::skip);
        host.field().setPromptText("nas.local");
        key.field().setPromptText(text("copy.key.none"));
        folder.field().setPromptText("/docker/matchbox");
        plan.setId("deploy-plan");
        plan.getStyleClass().add("plan");
        plan.setFixedCellSize(ROW);
        plan.setMinHeight(ROW * 4);
        plan.setAccessibleText(text("copy.plan"));
        sum.setId("deploy-sum");
        sum.setMaxWidth(Double.MAX_VALUE);
        HBox.setHgrow(sum, Priority.ALWAYS);
        SetButtons synology =
                new SetButtons("nas", (act, told) -> tell.accept(new Intent.OnNas(act, told)));
        router = new RouterPane(tell);
        configs = new SealPane(tell);
        test = Parts.button("nas-test", "copy.test", Feather.ACTIVITY, this::test);
        view =
                Parts.stack(
                        needed,
                        fields(),
                        Parts.row(synology.row(), Parts.spacer(), skip),
                        synology.notice(),
                        Parts.row(sum, test),
                        nothing,
                        plan,
                        answers,
                        router.view(),
                        configs.view());
        view.getStyleClass().add("page");
        VBox.setVgrow(plan, Priority.ALWAYS);
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public Node first() {
        return host.field();
    }

    @Override
    public void show(Snapshot s) {
        NasForm form = NasForm.of(s.draft().nas());
        host.show(form.host());
        user.show(form.user());
        key.show(form.key());
        folder.show(form.folder());
        http.show(form.http());
        boolean onNas = s.draft().mode().onNas();
        skip.setDisable(onNas || s.state(Step.COPY).status() == StepState.Status.RUNNING);
        if (onNas) {
            needed.say(Notice.Kind.HINT, text("copy.needed." + s.draft().mode()));
            router.show(s);
        } else {
            needed.clear();
        }
        Parts.visible(router.view(), s.draft().mode() == BootMode.ROUTER_TO_NAS);
        show(s.results().deploy());
        showTest(s.results().selfTest());
        configs.show(s.draft(), s.results().deploy() != null);
        test.setDisable(asking);
        Parts.visible(test, s.results().deploy() != null);
    }

    private HBox fields() {
        HBox box =
                Parts.row(
                        Parts.field("copy.host", host.field()),
                        Parts.field("copy.user", user.field()),
                        Parts.field("copy.key", key.field()),
                        Parts.field("copy.folder", folder.field()),
                        Parts.field("copy.http", http.field()));
        box.getChildren().forEach(n -> HBox.setHgrow(n, Priority.ALWAYS));
        return box;
    }

    private void typed() {
        NasForm form =
                new NasForm(words(host), words(user), words(folder), words(http), words(key));
        tell.accept(new Intent.Edit(form::into));
    }

    private static String words(TypedField field) {
        return field.field().getText().strip();
    }

    private void test() {
        asking = true;
        test.setDisable(true);
        tell.accept(
                new Intent.TestNas(trouble -> {
                    asking = false;
                    test.setDisable(false);
                    trouble.ifPresent(p -> answers.problems(Notice.Kind.WARNING, List.of(p)));
                }));
    }

    private void showTest(List<SelfTestLine> lines) {
        if (!lines.equals(tested)) {
            tested = lines;
            boolean good = lines.stream().allMatch(SelfTestLine::good);
            answers.problems(
                    good ? Notice.Kind.GOOD : Notice.Kind.WARNING,
                    lines.stream()
                            .filter(l -> good || !l.good())
                            .map(l -> new Problem(l.sentence(), "", ""))
                            .toList());
        }
    }

    private void skip() {
        tell.accept(new Intent.Skip(Step.COPY));
    }

    private void show(@Nullable DeployPlan p) {
        Parts.visible(plan, p != null);
        Parts.visible(nothing, p == null);
        if (p == null) {
            sum.setText(text("copy.password"));
            return;
        }
        sum.setText(
                text(
                        "copy.sum",
                        p.create().size(),
                        p.replace().size(),
                        p.keep().size(),
                        p.delete().size(),
                        Figures.bytes(p.bytes())));
        if (!p.equals(shown)) {
            shown = p;
            plan.setRoot(DeployTree.of(p));
        }
    }
}
