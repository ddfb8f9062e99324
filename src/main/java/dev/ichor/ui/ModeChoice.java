package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.RouterReport;
import dev.ichor.steps.BootAdvice;

import javafx.scene.control.Label;
import javafx.scene.control.RadioButton;
import javafx.scene.control.ToggleGroup;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.jspecify.annotations.Nullable;

import java.util.List;
import java.util.function.Consumer;

/// Who answers the network boot: each way with what it is for and what it needs, and which one fits
/// best.
final class ModeChoice {
    /// The usual ones first.
    private static final List<BootMode> MODES =
            List.of(
                    BootMode.PROXY,
                    BootMode.ROUTER_TO_PC,
                    BootMode.NAS_PROXY,
                    BootMode.ROUTER_TO_NAS,
                    BootMode.UEFI_HTTP,
                    BootMode.OWN_DHCP);

    private final Consumer<Intent> tell;
    private final Region detail;
    private final Label reason = Parts.prose("", "muted");
    private final List<Way> ways;
    private final VBox view;

    /// One way.
    private record Way(BootMode mode, RadioButton button, Label badge, VBox box) {}

    /// @param detail what is shown with the chosen way
    ModeChoice(Consumer<Intent> tell, Region detail) {
        this.tell = tell;
        this.detail = detail;
        ToggleGroup group = new ToggleGroup();
        ways = MODES.stream().map(m -> way(m, group)).toList();
        reason.setId("mode-reason");
        view = Parts.stack(reason);
        ways.forEach(w -> view.getChildren().add(w.box()));
    }

    VBox view() {
        return view;
    }

    void show(Draft draft, @Nullable RouterReport router) {
        BootAdvice advice = BootAdvice.of(draft, router);
        reason.setText(text("mode.reason", text("mode." + advice.mode()), advice.reason()));
        for (Way w : ways) {
            w.button().setSelected(w.mode() == draft.mode());
            Parts.visible(w.badge(), w.mode() == advice.mode());
            if (w.button().isSelected() && detail.getParent() != w.box()) {
                ways.forEach(other -> other.box().getChildren().remove(detail));
                w.box().getChildren().add(detail);
            }
        }
    }

    private Way way(BootMode mode, ToggleGroup group) {
        RadioButton b = new RadioButton(text("mode." + mode));
        b.setId("mode-" + mode);
        b.setToggleGroup(group);
        b.setOnAction(e -> tell.accept(new Intent.Edit(d -> d.booting(mode))));
        Label badge = Parts.whole(text("mode.recommended"), "badge");
        Label why = Parts.prose(text("mode." + mode + ".why"), "muted", "indent");
        return new Way(mode, b, badge, new VBox(Parts.row(b, badge), why));
    }
}
