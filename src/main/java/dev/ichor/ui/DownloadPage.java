package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Fetched;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.scene.Node;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.function.Consumer;

/// Step 4: which Talos, and where its files lie.
final class DownloadPage implements Page {
    private final TypedField talos;
    private final TypedField kubernetes;
    private final Notice problems = new Notice("version-problems");
    private final VBox files = Parts.stack();
    private final VBox view;

    DownloadPage(Consumer<Intent> tell) {
        talos =
                new TypedField(
                        "talos",
                        v -> tell.accept(new Intent.Edit(d -> d.versions(v, d.kubernetes()))));
        kubernetes =
                new TypedField(
                        "kubernetes",
                        v -> tell.accept(new Intent.Edit(d -> d.versions(d.talos(), v))));
        HBox fields =
                Parts.row(
                        Parts.field("download.talos", talos.field()),
                        Parts.field("download.kubernetes", kubernetes.field()));
        view = Parts.stack(fields, problems, Parts.prose(text("download.about"), "muted"), files);
        view.getStyleClass().add("page");
        VBox.setVgrow(files, Priority.ALWAYS);
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public Node first() {
        return talos.field();
    }

    @Override
    public void show(Snapshot s) {
        talos.show(s.draft().talos());
        kubernetes.show(s.draft().kubernetes());
        problems.problems(Notice.Kind.WARNING, Gaps.of(s.draft(), Step.DOWNLOAD));
        files.getChildren().setAll(files(s.results().fetched()));
    }

    private static List<Node> files(@Nullable Fetched fetched) {
        return fetched == null
                ? List.of(Parts.empty(Feather.DOWNLOAD, "download.empty", "download.empty.do"))
                : List.of(
                        CommandLine.of(
                                "kernel", text("download.kernel"), fetched.kernel().toString()),
                        CommandLine.of(
                                "initramfs",
                                text("download.initramfs"),
                                fetched.initramfs().toString()),
                        Parts.prose(
                                text(
                                        "download.origin",
                                        fetched.files().firstEntry().getValue().origin().words()),
                                "muted"));
    }
}
