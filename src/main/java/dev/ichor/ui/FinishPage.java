package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.steps.Snapshot;

import javafx.scene.Node;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.nio.file.Path;
import java.util.List;
import java.util.function.Consumer;

/// Step 8: what the owner gets, and what to try with it.
final class FinishPage implements Page {
    private final Path folder;
    private final VBox what = Parts.stack();
    private final SecretsPane secrets;
    private final PowerCut power;
    private final SealPane configs;
    private final VBox view;
    private @Nullable Path shown;

    FinishPage(Path folder, Consumer<Intent> tell) {
        this.folder = folder;
        this.secrets = new SecretsPane(folder, tell);
        this.power = new PowerCut(tell);
        this.configs = new SealPane(tell);
        what.getChildren().setAll(nothingYet());
        VBox.setVgrow(what, Priority.ALWAYS);
        view = Parts.stack(what);
        view.getStyleClass().add("page");
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public void show(Snapshot s) {
        power.show(s);
        configs.show(s.draft(), false);
        Path kubeconfig = s.results().kubeconfig();
        if (kubeconfig != null && !kubeconfig.equals(shown)) {
            shown = kubeconfig;
            what.getChildren().setAll(handOver(kubeconfig));
        }
    }

    private static List<Node> nothingYet() {
        return List.of(Parts.empty(Feather.FLAG, "finish.empty", "finish.empty.do"));
    }

    private List<Node> handOver(Path kubeconfig) {
        Path talosconfig = folder.resolve("private").resolve("talosconfig");
        return List.of(
                CommandLine.of("kubeconfig", text("finish.kubeconfig"), kubeconfig.toString()),
                Parts.label(text("finish.try"), "h3"),
                CommandLine.of(
                        "try-nodes",
                        text("finish.nodes"),
                        "kubectl --kubeconfig " + quoted(kubeconfig) + " get nodes -o wide"),
                CommandLine.of(
                        "try-pods",
                        text("finish.pods"),
                        "kubectl --kubeconfig " + quoted(kubeconfig) + " get pods -A"),
                CommandLine.of(
                        "try-talos",
                        text("finish.talos"),
                        "talosctl --talosconfig " + quoted(talosconfig) + " dashboard"),
                power.view(),
                configs.view(),
                secrets.view());
    }

    /// Double quotes hold in sh, PowerShell and cmd.
    private static String quoted(Path path) {
        return '"' + path.toString() + '"';
    }
}
