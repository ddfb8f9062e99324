package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Role;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import java.util.Objects;
import java.util.function.Consumer;

/// Step 5: the cluster's name and address, and the configs made from it all.
final class ConfigurePage implements Page {
    private final TypedField name;
    private final TypedField endpoint;
    private final ConfigPane configs = new ConfigPane();
    private final Notice problems = new Notice("config-problems");
    private final VBox view;

    ConfigurePage(Consumer<Intent> tell) {
        name = new TypedField("cluster-name", v -> tell.accept(new Intent.Edit(d -> d.named(v))));
        endpoint =
                new TypedField("endpoint", v -> tell.accept(new Intent.Edit(d -> d.reachedAt(v))));
        endpoint.field().setPrefColumnCount(24);
        HBox fields =
                Parts.row(
                        Parts.field("configure.name", name.field()),
                        Parts.field("configure.endpoint", endpoint.field()));
        view =
                Parts.stack(
                        fields,
                        problems,
                        Parts.prose(text("configure.about"), "muted"),
                        configs.view());
        view.getStyleClass().add("page");
        VBox.setVgrow(configs.view(), Priority.ALWAYS);
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public Node first() {
        return name.field();
    }

    @Override
    public void show(Snapshot s) {
        name.show(s.draft().clusterName());
        endpoint.show(s.draft().endpoint());
        endpoint.field().setPromptText(usual(s.draft()));
        problems.problems(Notice.Kind.WARNING, Gaps.of(s.draft(), Step.CONFIGURE));
        configs.show(s);
    }

    /// What an empty field means: the first control plane that has an address.
    private static String usual(Draft draft) {
        return draft.wishes().entrySet().stream()
                .filter(e -> e.getValue().role() == Role.CONTROL_PLANE)
                .map(e -> draft.machine(e.getKey()).ip())
                .filter(Objects::nonNull)
                .map(Ip4::toString)
                .findFirst()
                .map(ip -> "https://" + ip + ":6443")
                .orElse(text("configure.endpoint.prompt"));
    }
}
