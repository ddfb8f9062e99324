package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Problem;
import dev.ichor.steps.RouterFields;
import dev.ichor.steps.Snapshot;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// What the router has to say in the chosen boot mode, with *Set it for me*, for a UniFi console,
/// and *Show me how*, for the routers people have.
final class RouterPane {
    private final VBox sentences = Parts.stack();
    private final VBox fields = Parts.stack();
    private final VBox setting;
    private final VBox recipes = Parts.stack();
    private final Button how;
    private final VBox view;
    private Optional<RouterFields> shown = Optional.empty();

    RouterPane(Consumer<Intent> tell) {
        SetButtons set = new SetButtons("console", (act, told) -> console(tell, act, told));
        how = Parts.button("router-how", "router.how", Feather.LIST, this::turn);
        HBox buttons = set.row();
        buttons.getChildren().add(how);
        setting = Parts.stack(fields, buttons, set.notice(), recipes);
        sentences.setId("router-say");
        view = Parts.stack(sentences, setting);
        Parts.visible(recipes, false);
        Parts.visible(setting, false);
    }

    VBox view() {
        return view;
    }

    /// Where the router is to name a server, there is something to set; beside a router that was
    /// set before, something to put back.
    void show(Snapshot s) {
        Ip4 pc =
                s.results().adapters().stream()
                        .filter(a -> a.id().equals(s.draft().adapter()))
                        .findFirst()
                        .map(Adapter::address)
                        .orElse(Ip4.NONE);
        Parts.visible(view, !pc.equals(Ip4.NONE));
        sentences
                .getChildren()
                .setAll(
                        RouterFields.sentences(s.draft(), pc).stream()
                                .<Node>map(t -> Parts.prose(Words.said(t), "muted"))
                                .toList());
        Optional<RouterFields> now = RouterFields.of(s.draft(), pc);
        Parts.visible(setting, now.isPresent());
        if (!now.equals(shown)) {
            shown = now;
            now.ifPresent(this::fill);
        }
    }

    private void fill(RouterFields f) {
        fields.getChildren()
                .setAll(
                        copyable("recipe-server", text("ready.recipe.server"), f.server()),
                        copyable("recipe-file", text("ready.recipe.file"), f.file()));
        List<String> lines = f.recipes();
        recipes.getChildren().setAll(lines.stream().map(RouterPane::recipe).toList());
    }

    private static HBox copyable(String id, String name, String value) {
        Label v = Parts.label(value, "mono");
        v.setId(id);
        return Parts.row(
                Parts.label(name, "recipe-name"),
                v,
                Parts.copyButton(id + "-copy", text("copy.what", name), () -> value));
    }

    private void console(
            Consumer<Intent> tell, Intent.DeviceAct act, Consumer<Optional<Problem>> told) {
        RouterQuestion.ask(
                view,
                "console.login",
                (at, ask) -> tell.accept(new Intent.OnRouter(at, ask, act, told)),
                () -> told.accept(Optional.empty()));
    }

    private void turn() {
        Parts.visible(recipes, !recipes.isVisible());
        how.setText(text(recipes.isVisible() ? "router.how.less" : "router.how"));
    }

    /// `ROUTER: what to do`.
    private static VBox recipe(String line) {
        int colon = line.indexOf(": ");
        String name = line.substring(0, colon);
        return CommandLine.of(
                "recipe-" + name.replace(' ', '-'), name, Words.said(line.substring(colon + 2)));
    }
}
