package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.RouterReport;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.function.Consumer;

/// Step 1: which network, what the router says, and who answers the network boot.
final class ReadyPage implements Page {
    private final Consumer<Intent> tell;
    private final Obstacles obstacles;
    private final VBox adapters = Parts.stack();
    private final Notice router = new Notice("router");
    private final VBox answers = Parts.stack();
    private final ModeChoice modes;
    private final RouterPane routerPane;
    private final VBox view;
    private List<Adapter> shown = List.of();

    ReadyPage(Consumer<Intent> tell) {
        this.tell = tell;
        obstacles = new Obstacles(tell);
        routerPane = new RouterPane(tell);
        routerPane.view().getStyleClass().add("indent");
        modes = new ModeChoice(tell, routerPane.view());
        Button again = Parts.button("probe", "ready.probe", Feather.REFRESH_CW, this::checkAgain);
        view =
                Parts.stack(
                        obstacles,
                        section("ready.adapter", adapters),
                        section("ready.router", router, answers, Parts.row(again)),
                        section("ready.mode", modes.view()));
        view.getStyleClass().add("page");
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public Node first() {
        return adapters.getChildren().isEmpty() ? view : adapters.getChildren().getFirst();
    }

    @Override
    public void show(Snapshot s) {
        showAdapters(s.results().adapters(), s.draft().adapter());
        showRouter(s.results().router());
        obstacles.show(s.results().pc());
        modes.show(s.draft(), s.results().router());
        routerPane.show(s);
    }

    private void checkAgain() {
        tell.accept(new Intent.Start(Step.GET_READY));
    }

    private void showAdapters(List<Adapter> all, String chosen) {
        if (all.isEmpty()) {
            adapters.getChildren().setAll(Parts.label(text("ready.adapter.none"), "muted"));
            shown = all;
            return;
        }
        if (!all.equals(shown)) {
            shown = all;
            ToggleGroup group = new ToggleGroup();
            adapters.getChildren().setAll(all.stream().map(a -> choice(a, group)).toList());
        }
        for (Node n : adapters.getChildren()) {
            ((RadioButton) n).setSelected(chosen.equals(n.getUserData()));
        }
    }

    private RadioButton choice(Adapter a, ToggleGroup group) {
        String key = a.virtual() ? "ready.adapter.virtual" : "ready.adapter.one";
        RadioButton b = new RadioButton(text(key, a.label(), a.address(), a.subnet()));
        b.setId("adapter-" + a.id());
        b.setUserData(a.id());
        b.setToggleGroup(group);
        b.setOnAction(e -> {
            tell.accept(new Intent.Edit(d -> d.on(a.id())));
            checkAgain();
        });
        return b;
    }

    private void showRouter(@org.jspecify.annotations.Nullable RouterReport report) {
        answers.getChildren().clear();
        if (report == null) {
            router.say(Notice.Kind.HINT, text("ready.router.none"));
            return;
        }
        router.say(report.good() ? Notice.Kind.GOOD : Notice.Kind.WARNING, report.verdict());
        report.answers().stream()
                .map(ReadyPage::answer)
                .distinct()
                .forEach(t -> answers.getChildren().add(Parts.prose(t, "muted")));
    }

    private static String answer(RouterReport.Answer a) {
        return a.file().isEmpty()
                ? text("ready.answer.plain", a.server())
                : text("ready.answer.boot", a.server(), a.next(), a.file());
    }

    private static VBox section(String key, Node... content) {
        VBox box = new VBox(Parts.label(text(key), "h3"));
        box.getChildren().addAll(content);
        box.getStyleClass().add("section");
        return box;
    }
}
