package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.SealReport;

import javafx.application.Platform;
import javafx.scene.control.Button;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;

/// The machines' configs on the NAS, which the owner may want, and the way back: *Seal*.
final class SealPane {
    private final Consumer<Intent> tell;
    private final Notice red = new Notice("configs-red");
    private final Notice said = new Notice("seal-said");
    private final Button put;
    private final Button seal;
    private final VBox offer;
    private final VBox view;
    private String cluster = "";

    SealPane(Consumer<Intent> tell) {
        this.tell = tell;
        put = Parts.button("configs-on-nas", "configs.put", Feather.ALERT_TRIANGLE, this::ask);
        seal = Parts.button("seal", "configs.seal", Feather.LOCK, this::seal);
        offer = Parts.stack(Parts.prose(text("configs.offer"), "muted"), Parts.row(put));
        view = Parts.stack(Parts.label(text("configs.head"), "h3"), offer, red, seal, said);
    }

    VBox view() {
        return view;
    }

    /// @param offered whether the owner may still choose it here
    void show(Draft draft, boolean offered) {
        cluster = draft.clusterName();
        NasTarget nas = draft.nas();
        boolean there = nas != null && nas.configs();
        Parts.visible(view, nas != null && (offered || there || !said.said().isEmpty()));
        Parts.visible(offer, offered && !there);
        Parts.visible(seal, there);
        if (there) {
            red.say(Notice.Kind.BAD, text("configs.red"));
        } else {
            red.clear();
        }
    }

    private void ask() {
        TypedName.ask(
                view,
                "configs",
                cluster,
                () -> {
                    busy(true);
                    tell.accept(new Intent.ConfigsOnNas(cluster, this::ended));
                });
    }

    private void seal() {
        busy(true);
        tell.accept(
                new Intent.Seal(report -> Platform.runLater(() -> sealed(report)), this::ended));
    }

    private void ended(Optional<Problem> trouble) {
        busy(false);
        trouble.ifPresent(p -> said.problems(Notice.Kind.WARNING, List.of(p)));
    }

    private void busy(boolean now) {
        put.setDisable(now);
        seal.setDisable(now);
        if (now) {
            said.clear();
        }
    }

    private void sealed(SealReport report) {
        List<Problem> lines = new ArrayList<>();
        lines.add(line(text("configs.gone", report.removed().size())));
        report.left().forEach(f -> lines.add(line(text("configs.left", f))));
        report.closed().forEach(f -> lines.add(line(text("configs.closed", f))));
        report.snapshots().forEach(f -> lines.add(line(text("configs.snapshot", f))));
        lines.add(line(text("configs.rotate")));
        said.problems(report.complete() ? Notice.Kind.GOOD : Notice.Kind.WARNING, lines);
        Parts.visible(view, true);
    }

    private static Problem line(String words) {
        return new Problem(words, "", "");
    }
}
