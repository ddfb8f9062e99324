package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Problem;
import dev.ichor.steps.Router;

import javafx.scene.control.Button;
import javafx.scene.layout.HBox;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// *Set it for me*, for a UniFi console, and *Show me how*, for the routers people have.
final class RouterPane {
    private final VBox recipes = Parts.stack();
    private final Button how;
    private final VBox view;
    private Ip4 pc = Ip4.NONE;

    RouterPane(Consumer<Intent> tell) {
        SetButtons set = new SetButtons("console", (act, told) -> console(tell, act, told));
        how = Parts.button("router-how", "router.how", Feather.LIST, this::turn);
        HBox buttons = set.row();
        buttons.getChildren().add(how);
        view = Parts.stack(buttons, set.notice(), recipes);
        Parts.visible(recipes, false);
        Parts.visible(view, false);
    }

    VBox view() {
        return view;
    }

    /// Where the router is to name this PC, there is something to set; beside a router that was set
    /// before, something to put back.
    void show(BootMode mode, Optional<Adapter> chosen) {
        boolean named = mode == BootMode.ROUTER_TO_PC && chosen.isPresent();
        Parts.visible(view, named);
        Ip4 address = chosen.map(Adapter::address).orElse(Ip4.NONE);
        if (named && !address.equals(pc)) {
            pc = address;
            List<String> lines = Router.recipes(pc);
            recipes.getChildren().setAll(lines.stream().map(RouterPane::recipe).toList());
        }
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
