package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Hardware;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Sightings;

import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;

import org.kordamp.ikonli.feather.Feather;

import java.util.ArrayList;
import java.util.List;
import java.util.Objects;
import java.util.Set;
import java.util.stream.Stream;

/// The machines found, one a row; several can be selected.
final class FoundTable {
    private static final double ROW = 36;
    private static final int MIB = 1024;

    private final Wakes wakes;
    private final TableView<Machine> table = new TableView<>();
    private Set<Mac> twice = Set.of();

    FoundTable(Wakes wakes) {
        this.wakes = wakes;
        table.setId("found");
        table.setFixedCellSize(ROW);
        table.setMinHeight(ROW * 4);
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.setPlaceholder(Parts.empty(Feather.RADIO, "find.empty", "find.empty.do"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns()
                .setAll(
                        List.of(
                                Columns.of("column.mac", 145, m -> m.mac().toString()),
                                Columns.of("column.ip", 120, m -> Objects.toString(m.ip(), "–")),
                                Columns.of("column.vendor", 100, Machine::vendor),
                                Columns.of("column.name", 110, Machine::name),
                                Columns.of("column.boot", 125, FoundTable::boot),
                                Columns.of("column.notes", 130, this::notes)));
    }

    TableView<Machine> node() {
        return table;
    }

    /// Shows the likely ones, and the others if wanted; what was selected stays so.
    void show(Sightings all, boolean others) {
        boolean marked = !twice.equals(all.twice());
        twice = all.twice();
        Stream<Machine> rest = others ? all.others().stream() : Stream.empty();
        List<Machine> now = Stream.concat(all.likely().stream(), rest).toList();
        if (!now.equals(table.getItems())) {
            List<Mac> chosen = selected();
            table.getItems().setAll(now);
            now.stream()
                    .filter(m -> chosen.contains(m.mac()))
                    .forEach(m -> table.getSelectionModel().select(m));
        } else if (marked) {
            table.refresh();
        }
    }

    void refresh() {
        table.refresh();
    }

    List<Mac> selected() {
        return table.getSelectionModel().getSelectedItems().stream()
                .filter(Objects::nonNull)
                .map(Machine::mac)
                .toList();
    }

    private static String boot(Machine m) {
        if (!m.pxe()) {
            return text("find.boot.silent");
        }
        return m.firmware().label().isEmpty()
                ? text("find.boot.asked")
                : text("find.boot.firmware", m.firmware().label());
    }

    private String notes(Machine m) {
        List<String> notes = new ArrayList<>();
        wakes.words(m.mac()).ifPresent(notes::add);
        if (twice.contains(m.mac())) {
            notes.add(text("find.twice"));
        }
        if (m.ports().contains(Machine.TALOS_API)) {
            notes.add(text("find.talos"));
        }
        if (m.hardware().cpu() == Hardware.Cpu.V1) {
            notes.add(text("find.old"));
        }
        if (!m.hardware().model().isEmpty()) {
            notes.add(m.hardware().model());
        }
        if (m.hardware().memoryMiB() > 0) {
            notes.add(text("find.memory", Math.ceilDiv(m.hardware().memoryMiB(), MIB)));
        }
        return String.join(", ", notes);
    }
}
