package dev.ichor.ui;

import dev.ichor.diagnosis.Finding;

import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.VBox;

import java.util.function.Consumer;

/// A machine large, where there are few.
final class MachineCard extends VBox {
    private final MachineFace face;

    MachineCard(Live<RowView> row, Consumer<Intent> tell) {
        face = new MachineFace(true, tell);
        getStyleClass().add("card");
        setId("card-" + row.get().who().mac());
        face.bar.setMaxWidth(Double.MAX_VALUE);
        face.line.setMaxWidth(Double.MAX_VALUE);
        face.elapsed.setMinWidth(USE_PREF_SIZE);
        HBox.setHgrow(face.bar, Priority.ALWAYS);
        HBox.setHgrow(face.line, Priority.ALWAYS);
        getChildren()
                .addAll(
                        Parts.row(face.name, face.role, Parts.spacer(), face.state),
                        face.address,
                        face.way,
                        Parts.row(face.bar, face.rate, face.elapsed),
                        face.finding,
                        Parts.row(
                                face.line,
                                face.copy,
                                face.remedy,
                                face.wake,
                                face.disk,
                                face.approve));
        row.property().addListener((o, was, is) -> show(is));
        show(row.get());
    }

    private void show(RowView row) {
        face.show(row);
        MachineFace.mark(this, row.way().health());
        Finding finding = row.way().needs().finding();
        if (finding != null) {
            face.line.setText(finding.evidence());
        }
        setAccessibleText(face.spoken());
    }
}
