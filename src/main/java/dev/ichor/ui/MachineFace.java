package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Role;
import dev.ichor.diagnosis.Finding;

import javafx.css.PseudoClass;
import javafx.event.Event;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Label;
import javafx.scene.control.MenuButton;
import javafx.scene.control.MenuItem;
import javafx.scene.control.ProgressBar;
import javafx.scene.control.Tooltip;
import javafx.scene.layout.Region;

import org.jspecify.annotations.Nullable;
import org.kordamp.ikonli.feather.Feather;
import org.kordamp.ikonli.javafx.FontIcon;

import java.util.List;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.Function;

/// The parts that show one machine; a card and a row only lay them out.
final class MachineFace {
    private static final PseudoClass WAITING = PseudoClass.getPseudoClass("waiting");

    final Label name = Parts.label("", "h4");
    final Label address = Parts.label("", "muted", "tiny");
    final Label role = Parts.whole("", "badge");
    final Label state = Parts.whole("", "state");
    final StageLine way;
    final ProgressBar bar = new ProgressBar(0);
    final Label rate = Parts.label("", "num");
    final Label elapsed = Parts.label("", "num");
    final Label line = Parts.label("", "mono");
    final Button approve;
    final MenuButton disk = new MenuButton(text("monitor.disk"), new FontIcon(Feather.HARD_DRIVE));
    final Button wake;
    final Button copy;
    final Label finding = Parts.prose("", "finding");
    final Button remedy;
    private final Consumer<Intent> tell;
    private final boolean large;
    private List<Disk> disks = List.of();
    private @Nullable RowView shown;

    MachineFace(boolean large, Consumer<Intent> tell) {
        this.tell = tell;
        this.large = large;
        way = new StageLine(large);
        Tooltip whole = new Tooltip();
        whole.textProperty().bind(line.textProperty());
        line.setTooltip(whole);
        bar.getStyleClass().add("small");
        approve =
                Parts.button(
                        "approve",
                        "monitor.approve",
                        Feather.CHECK,
                        () -> send(Intent.Approve::new));
        approve.getStyleClass().addAll("small", "accent", "acts");
        disk.getStyleClass().addAll("small", "accent", "acts");
        disk.setMinWidth(Region.USE_PREF_SIZE);
        wake = Parts.button("wake", "monitor.wake", Feather.POWER, () -> send(Intent.Wake::new));
        wake.getStyleClass().addAll("small", "acts");
        remedy = Parts.button("remedy", "remedy.WAKE", Feather.TOOL, this::cure);
        remedy.getStyleClass().addAll("small", "accent", "acts");
        copy = Parts.copyButton("copy-row", text("copy.details"), this::details);
        copy.getStyleClass().add("small");
    }

    /// Draws a row; styles are touched only where something changed.
    void show(RowView row) {
        shown = row;
        RowView.Way w = row.way();
        name.setText(row.who().name());
        address.setText(large ? row.who().address() : row.who().brief());
        showRole(row.who().role());
        state.setText(row.state());
        way.show(w);
        bar.setProgress(row.meter().fraction());
        double bps = row.meter().bytesPerSecond();
        rate.setText(bps > 0 ? Figures.rate(bps) : "");
        elapsed.setText(row.meter().elapsed());
        line.setText(row.line());
        Parts.visible(approve, w.needs().approval());
        Parts.visible(wake, w.health() == Health.WAITING);
        showFinding(w);
        showDisks(row);
        approve.setId("approve-" + row.who().mac());
        wake.setId("wake-" + row.who().mac());
        mark(state, w.health());
        mark(bar, w.health());
    }

    private void showFinding(RowView.Way way) {
        Finding f = way.needs().finding();
        Optional<Cure> cure = Cure.of(f);
        boolean there = approve.isVisible() || wake.isVisible();
        Parts.visible(remedy, cure.isPresent() && !(there && cure.get().there()));
        cure.ifPresent(c -> remedy.setText(c.words()));
        Parts.visible(finding, f != null);
        finding.setText(f == null ? "" : Words.said(f.what()) + " " + Words.said(f.advice()));
    }

    private void cure() {
        RowView row = shown;
        if (row != null) {
            Cure.of(row.way().needs().finding())
                    .ifPresent(c -> TypedWipe.ask(remedy, row.who().name(), c.intent(), tell));
        }
    }

    /// Colours a node by whether the machine needs its owner.
    static void mark(Node node, Health health) {
        node.pseudoClassStateChanged(StageLine.DONE, health == Health.READY);
        node.pseudoClassStateChanged(StageLine.NEEDS, health == Health.NEEDS_YOU);
        node.pseudoClassStateChanged(WAITING, health == Health.WAITING);
    }

    /// Whether a press was meant for a button on the row, and not for the row.
    static boolean onButton(Event e) {
        for (Node n = e.getTarget() instanceof Node t ? t : null; n != null; n = n.getParent()) {
            if (n instanceof ButtonBase) {
                return true;
            }
        }
        return false;
    }

    /// What a screen reader says of the row.
    String spoken() {
        return shown == null ? "" : shown.who().name() + ", " + shown.state() + ", " + shown.line();
    }

    private void showDisks(RowView row) {
        List<Disk> all = row.way().needs().disks();
        Parts.visible(disk, !all.isEmpty());
        disk.setId("disk-" + row.who().mac());
        if (!all.equals(disks)) {
            disks = all;
            disk.getItems().setAll(all.stream().map(this::item).toList());
        }
    }

    private MenuItem item(Disk d) {
        MenuItem item = new MenuItem(d.toString());
        String name = d.serial().isEmpty() ? d.path() : d.serial();
        item.setOnAction(e -> send(mac -> new Intent.Install(mac, name)));
        return item;
    }

    private void showRole(@Nullable Role of) {
        role.setText(of == null ? text("place.none") : Place.of(of).toString());
        role.pseudoClassStateChanged(StageLine.ACTIVE, of == Role.CONTROL_PLANE);
    }

    private void send(Function<Mac, Intent> intent) {
        if (shown != null) {
            tell.accept(intent.apply(shown.who().mac()));
        }
    }

    private String details() {
        RowView r = shown;
        return r == null
                ? ""
                : String.join("\n", r.who().name(), r.who().address(), r.state(), said(r));
    }

    private static String said(RowView r) {
        Finding f = r.way().needs().finding();
        return f == null ? r.line() : Words.said(f.toString());
    }
}
