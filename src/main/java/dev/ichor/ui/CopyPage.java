package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.DeployPlan;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;
import dev.ichor.steps.StepState;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.ListView;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
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
    private final ListView<String> plan = new ListView<>();
    private final Label sum = Parts.prose("", "muted");
    private final Button skip;
    private final Notice needed = new Notice("copy-needed");
    private final RouterPane router;
    private final VBox view;

    CopyPage(Consumer<Intent> tell) {
        this.tell = tell;
        skip = Parts.button("skip", "copy.skip", Feather.SKIP_FORWARD, this::skip);
        host.field().setPromptText("nas.local");
        key.field().setPromptText(text("copy.key.none"));
        folder.field().setPromptText("/docker/matchbox");
        plan.setId("deploy-plan");
        plan.setFixedCellSize(ROW);
        plan.setMinHeight(ROW * 4);
        plan.setAccessibleText(text("copy.plan"));
        plan.setPlaceholder(Parts.empty(Feather.HARD_DRIVE, "copy.empty", "copy.empty.do"));
        sum.setId("deploy-sum");
        SetButtons synology =
                new SetButtons("nas", (act, told) -> tell.accept(new Intent.OnNas(act, told)));
        router = new RouterPane(tell);
        view =
                Parts.stack(
                        needed,
                        fields(),
                        Parts.row(synology.row(), Parts.spacer(), skip),
                        synology.notice(),
                        sum,
                        plan,
                        router.view());
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
        Parts.visible(router.view(), onNas);
        show(s.results().deploy());
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

    private void skip() {
        tell.accept(new Intent.Skip(Step.COPY));
    }

    private void show(@Nullable DeployPlan p) {
        if (p == null) {
            sum.setText(text("copy.password"));
            plan.getItems().clear();
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
        List<String> lines = new ArrayList<>();
        p.create().forEach(f -> lines.add(text("copy.new", f)));
        p.replace().forEach(f -> lines.add(text("copy.changed", f)));
        p.delete().forEach(f -> lines.add(text("copy.gone", f)));
        p.foreign().forEach(f -> lines.add(text("copy.foreign", f)));
        p.keep().forEach(f -> lines.add(text("copy.same", f)));
        if (!lines.equals(plan.getItems())) {
            plan.getItems().setAll(lines);
        }
    }
}
