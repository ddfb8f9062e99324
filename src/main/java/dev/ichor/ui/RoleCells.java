package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Mac;

import javafx.collections.FXCollections;
import javafx.scene.Node;
import javafx.scene.control.ChoiceBox;
import javafx.scene.control.ContentDisplay;
import javafx.scene.control.TableCell;
import javafx.scene.control.TableColumn;
import javafx.scene.control.TextField;
import javafx.util.StringConverter;

import org.jspecify.annotations.Nullable;

import java.util.function.Consumer;
import java.util.function.Function;
import java.util.function.UnaryOperator;

/// The cells of the roles table that can be changed: role, host name, install disk.
final class RoleCells {
    private RoleCells() {}

    static TableColumn<Live<RoleLine>, RoleLine> column(
            String key, double width, Function<Consumer<Intent>, Cell> cell, Consumer<Intent> to) {
        TableColumn<Live<RoleLine>, RoleLine> c = new TableColumn<>(text(key));
        c.setCellValueFactory(d -> d.getValue().property());
        c.setCellFactory(col -> cell.apply(to));
        c.setPrefWidth(width);
        c.setReorderable(false);
        c.setSortable(false);
        return c;
    }

    /// A cell with one control in it that tells its changes.
    abstract static class Cell extends TableCell<Live<RoleLine>, RoleLine> {
        private final Consumer<Intent> tell;
        private @Nullable Mac mac;

        Cell(Consumer<Intent> tell) {
            this.tell = tell;
            setContentDisplay(ContentDisplay.GRAPHIC_ONLY);
        }

        @Override
        protected void updateItem(@Nullable RoleLine item, boolean empty) {
            super.updateItem(item, empty);
            mac = null;
            if (empty || item == null) {
                setGraphic(null);
                return;
            }
            Node control = draw(item);
            mac = item.machine().mac();
            if (getGraphic() != control) {
                setGraphic(control);
            }
        }

        /// Puts the values into the control.
        abstract Node draw(RoleLine item);

        void told(Function<Mac, Intent> intent) {
            if (mac != null) {
                tell.accept(intent.apply(mac));
            }
        }

        void wish(UnaryOperator<Draft.Wish> change) {
            told(m -> new Intent.Edit(d -> changed(d, m, change)));
        }

        private static Draft changed(Draft d, Mac mac, UnaryOperator<Draft.Wish> change) {
            Draft.Wish was = d.wishes().get(mac);
            return was == null ? d : d.assign(mac, change.apply(was));
        }
    }

    /// Not used, control plane or worker.
    static final class RoleCell extends Cell {
        private final ChoiceBox<Place> box =
                new ChoiceBox<>(FXCollections.observableArrayList(Place.values()));

        RoleCell(Consumer<Intent> tell) {
            super(tell);
            box.setMaxWidth(Double.MAX_VALUE);
            box.valueProperty().addListener((o, was, is) -> told(is::intent));
        }

        @Override
        Node draw(RoleLine item) {
            box.setId("role-" + item.machine().mac());
            box.setAccessibleText(text("roles.role.of", item.machine().mac()));
            box.setValue(Place.of(item.wish()));
            return box;
        }
    }

    /// The host name.
    static final class NameCell extends Cell {
        private final TypedField name = new TypedField("host", typed -> wish(w -> w.named(typed)));

        NameCell(Consumer<Intent> tell) {
            super(tell);
        }

        @Override
        Node draw(RoleLine item) {
            TextField field = name.field();
            String id = "host-" + item.machine().mac();
            String value = item.wish() == null ? "" : item.wish().hostname();
            if (id.equals(field.getId())) {
                name.show(value);
            } else {
                field.setId(id);
                name.put(value);
            }
            field.setDisable(item.wish() == null);
            field.setAccessibleText(text("roles.name.of", item.machine().mac()));
            return field;
        }
    }

    /// Where Talos goes.
    static final class DiskCell extends Cell {
        private final ChoiceBox<InstallDisk> box = new ChoiceBox<>();

        DiskCell(Consumer<Intent> tell) {
            super(tell);
            box.setMaxWidth(Double.MAX_VALUE);
            box.setConverter(new DiskWords());
            box.valueProperty().addListener((o, was, is) -> chosen(is));
        }

        private void chosen(@Nullable InstallDisk disk) {
            if (disk != null) {
                wish(w -> w.on(disk));
            }
        }

        @Override
        Node draw(RoleLine item) {
            box.setId("disk-" + item.machine().mac());
            box.setAccessibleText(text("roles.disk.of", item.machine().mac()));
            box.setDisable(item.wish() == null);
            if (item.wish() == null) {
                box.getItems().clear();
            } else {
                box.getItems().setAll(Disks.choices(item.wish().disk()));
                box.setValue(item.wish().disk());
            }
            return box;
        }
    }

    private static final class DiskWords extends StringConverter<InstallDisk> {
        @Override
        public String toString(@Nullable InstallDisk disk) {
            return disk == null ? "" : Disks.words(disk);
        }

        @Override
        public InstallDisk fromString(String words) {
            throw new UnsupportedOperationException("a choice is not typed");
        }
    }
}
