package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Sightings;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.Label;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.controlsfx.control.textfield.TextFields;
import org.kordamp.ikonli.feather.Feather;

import java.util.List;
import java.util.Objects;
import java.util.function.Consumer;
import java.util.stream.Stream;

/// Step 2: who is on the network.
final class FindPage implements Page {
    private static final double ROW = 36;

    private final Consumer<Intent> tell;
    private final TableView<Machine> table = new TableView<>();
    private final TextField mac = TextFields.createClearableTextField();
    private final Label count = Parts.whole("", "muted");
    private final Notice wrong = new Notice("mac-notice");
    private final VBox view;

    FindPage(Consumer<Intent> tell) {
        this.tell = tell;
        table();
        count.setId("count");
        mac.setId("mac");
        mac.setPromptText(text("find.mac"));
        mac.setAccessibleText(text("find.mac"));
        mac.setPrefColumnCount(18);
        Button add = Parts.button("add-mac", "find.add", Feather.PLUS, this::add);
        mac.setOnAction(e -> add());
        Button scan =
                Parts.button(
                        "scan",
                        "find.scan",
                        Feather.REFRESH_CW,
                        () -> tell.accept(new Intent.Start(Step.FIND)));
        HBox bar = Parts.row(count, Parts.spacer(), mac, add, scan);
        view = Parts.stack(bar, wrong, table);
        view.getStyleClass().add("page");
        VBox.setVgrow(table, Priority.ALWAYS);
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public Node first() {
        return table;
    }

    @Override
    public void show(Snapshot s) {
        Sightings all = Sightings.of(s.draft().machines().values());
        List<Machine> now = Stream.concat(all.likely().stream(), all.others().stream()).toList();
        if (!now.equals(table.getItems())) {
            table.getItems().setAll(now);
        }
        long asked = now.stream().filter(Machine::pxe).count();
        count.setText(text("find.count", now.size(), asked));
    }

    private void table() {
        table.setId("found");
        table.setFixedCellSize(ROW);
        table.setMinHeight(ROW * 4);
        table.setPlaceholder(Parts.empty(Feather.RADIO, "find.empty", "find.empty.do"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns()
                .setAll(
                        List.of(
                                Columns.of("column.mac", 150, m -> m.mac().toString()),
                                Columns.of("column.ip", 130, m -> Objects.toString(m.ip(), "–")),
                                Columns.of("column.vendor", 150, Machine::vendor),
                                Columns.of("column.name", 150, Machine::name),
                                Columns.of("column.boot", 150, FindPage::boot)));
    }

    private static String boot(Machine m) {
        if (!m.pxe()) {
            return text("find.boot.silent");
        }
        return m.firmware().label().isEmpty()
                ? text("find.boot.asked")
                : text("find.boot.firmware", m.firmware().label());
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
        tell.accept(new Intent.Edit(d -> withAll(d, typed.macs())));
    }

    private static Draft withAll(Draft draft, List<Mac> macs) {
        Draft d = draft;
        for (Mac m : macs) {
            d = d.found(Machine.of(m));
        }
        return d;
    }
}
