package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Sightings;
import dev.ichor.steps.MachineTexts;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TextField;
import javafx.scene.control.ToggleButton;
import javafx.scene.input.Clipboard;
import javafx.scene.input.KeyCombination;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.controlsfx.control.textfield.TextFields;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;

/// Step 2: who is on the network.
final class FindPage implements Page {
    private static final KeyCombination PASTE = KeyCombination.valueOf("Shortcut+V");

    private final Consumer<Intent> tell;
    private final Wakes wakes = new Wakes();
    private final FoundTable table = new FoundTable(wakes);
    private final TextField mac = TextFields.createClearableTextField();
    private final Label count = Parts.whole("", "muted");
    private final ToggleButton others = new ToggleButton();
    private final Notice wrong = new Notice("mac-notice");
    private final VBox view;
    private Sightings all = Sightings.of(List.of());

    FindPage(Desk.Surroundings around) {
        tell = around.tell();
        around.log()
                .listen(e -> {
                    if (wakes.heard(e)) {
                        Platform.runLater(table::refresh);
                    }
                });
        count.setId("count");
        others.setId("others");
        others.setMinWidth(Region.USE_PREF_SIZE);
        others.setOnAction(e -> show(all));
        view = Parts.stack(head(), entry(), wrong, table.node());
        view.getStyleClass().add("page");
        VBox.setVgrow(table.node(), Priority.ALWAYS);
    }

    private Node head() {
        Button wake = Parts.button("wake", "find.wake", Feather.POWER, this::wake);
        Button scan =
                Parts.button(
                        "scan",
                        "find.scan",
                        Feather.REFRESH_CW,
                        () -> tell.accept(new Intent.Start(Step.FIND)));
        return Parts.row(count, others, Parts.spacer(), wake, scan);
    }

    private Node entry() {
        mac.setId("mac");
        mac.setPromptText(text("find.mac"));
        mac.setAccessibleText(text("find.mac"));
        mac.setPrefColumnCount(18);
        mac.setOnAction(e -> add());
        mac.addEventFilter(KeyEvent.KEY_PRESSED, this::pasteLines);
        Button router =
                Parts.button(
                        "ask-router",
                        "find.router",
                        Feather.SERVER,
                        () -> RouterQuestion.clients(view, this::found, wrong));
        return Parts.row(
                mac,
                Parts.button("add-mac", "find.add", Feather.PLUS, this::add),
                Parts.spacer(),
                Parts.button("paste", "find.paste", Feather.CLIPBOARD, this::paste),
                router);
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public Node first() {
        return table.node();
    }

    @Override
    public void show(Snapshot s) {
        show(Sightings.of(s.draft().machines().values()));
    }

    private void show(Sightings now) {
        all = now;
        boolean folds = !all.likely().isEmpty() && !all.others().isEmpty();
        Parts.visible(others, folds);
        others.setText(text("find.others", all.others().size()));
        table.show(all, !folds || others.isSelected());
        long asked = all.likely().stream().filter(Machine::pxe).count();
        count.setText(text("find.count", all.likely().size() + all.others().size(), asked));
    }

    /// Those selected, or all that are likely.
    private void wake() {
        List<Mac> chosen = table.selected();
        (chosen.isEmpty() ? all.likely().stream().map(Machine::mac).toList() : chosen)
                .forEach(m -> tell.accept(new Intent.Wake(m)));
    }

    private void add() {
        MacList typed = MacList.parse(mac.getText());
        if (!typed.odd().isEmpty() || typed.macs().isEmpty()) {
            wrong.say(Notice.Kind.WARNING, text("find.badmac", typed.odd()));
            mac.requestFocus();
            return;
        }
        wrong.clear();
        mac.clear();
        found(typed.macs().stream().map(Machine::of).toList());
    }

    /// One line is typed text; several are a list.
    private void pasteLines(KeyEvent e) {
        if (PASTE.match(e) && clipboard().strip().lines().count() > 1) {
            e.consume();
            paste();
        }
    }

    private static String clipboard() {
        return Objects.requireNonNullElse(Clipboard.getSystemClipboard().getString(), "");
    }

    private void paste() {
        MachineTexts.Read list = MachineTexts.read(clipboard());
        if (list.machines().isEmpty()) {
            wrong.say(Notice.Kind.WARNING, text("find.badlist", list.odd()));
        } else if (!list.odd().isEmpty()) {
            wrong.say(Notice.Kind.HINT, text("find.oddline", list.machines().size(), list.odd()));
        } else {
            wrong.clear();
        }
        found(list.machines());
    }

    private void found(List<Machine> machines) {
        if (!machines.isEmpty()) {
            tell.accept(new Intent.Edit(d -> withAll(d, machines)));
        }
    }

    private static Draft withAll(Draft draft, List<Machine> machines) {
        Draft d = draft;
        for (Machine m : machines) {
            d = d.found(m);
        }
        return d;
    }
}
