package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.FixedAddress;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.Role;
import dev.ichor.steps.Roles;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.scene.Node;
import javafx.scene.control.Button;
import javafx.scene.control.SelectionMode;
import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.input.KeyEvent;
import javafx.scene.layout.HBox;
import javafx.scene.layout.Priority;
import javafx.scene.layout.Region;
import javafx.scene.layout.VBox;

import org.kordamp.ikonli.feather.Feather;

import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;
import java.util.Objects;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// Step 3: what each machine does in the cluster.
final class RolesPage implements Page {
    private static final double ROW = 44;

    private final TableView<Live<RoleLine>> table = new TableView<>();
    private final Map<Mac, Live<RoleLine>> lines = new LinkedHashMap<>();
    private final Notice verdict = new Notice("verdict");
    private final Notice problems = new Notice("role-problems");
    private final TypedField endpoint;
    private final VBox address;
    private final Button suggest;
    private final TextField names;
    private final TextField reserve;
    private final Notice wrong = new Notice("reserve-notice");
    private Optional<FixedAddress> network = Optional.empty();
    private final VBox view;

    RolesPage(Consumer<Intent> tell) {
        suggest =
                Parts.button(
                        "suggest",
                        "roles.suggest",
                        Feather.ZAP,
                        () -> tell.accept(new Intent.Edit(Roles::suggest)));
        names = new TextField(Roles.NAMES);
        names.setId("names");
        names.setPrefColumnCount(14);
        names.setOnAction(e -> tell.accept(new Intent.Edit(named(names.getText()))));
        reserve = new TextField();
        reserve.setId("reserve");
        reserve.setPrefColumnCount(14);
        reserve.setPromptText(text("roles.reserve.prompt"));
        reserve.setOnAction(e -> reserve(tell));
        endpoint =
                new TypedField(
                        "roles-endpoint", v -> tell.accept(new Intent.Edit(d -> d.reachedAt(v))));
        endpoint.field().setPromptText(text("configure.endpoint.prompt"));
        endpoint.field().setPrefColumnCount(24);
        address = Parts.field("configure.endpoint", endpoint.field());
        table(tell);
        HBox.setHgrow(verdict, Priority.ALWAYS);
        HBox all =
                Parts.row(
                        Parts.field("roles.names", names),
                        Parts.field("roles.reserve", reserve),
                        address);
        view = Parts.stack(Parts.row(verdict, suggest), problems, all, wrong, table);
        view.getStyleClass().add("page");
        VBox.setVgrow(table, Priority.ALWAYS);
    }

    @Override
    public Region view() {
        return view;
    }

    @Override
    public Node first() {
        return suggest;
    }

    @Override
    public void show(Snapshot s) {
        network = Reserved.network(s);
        showLines(s.draft());
        Verdict v = Verdict.of(s.draft());
        verdict.say(v.good() ? Notice.Kind.GOOD : Notice.Kind.WARNING, v.words());
        List<Problem> names =
                s.draft().wishes().isEmpty() ? List.of() : Gaps.of(s.draft(), Step.ROLES);
        problems.problems(Notice.Kind.WARNING, names);
        endpoint.show(s.draft().endpoint());
        Parts.visible(address, unknownAddress(s.draft()));
    }

    /// No control plane has shown its address, so the owner has to say it.
    private static boolean unknownAddress(Draft d) {
        return d.wishes().entrySet().stream()
                        .filter(e -> e.getValue().role() == Role.CONTROL_PLANE)
                        .map(e -> d.machine(e.getKey()).ip())
                        .allMatch(Objects::isNull)
                && Verdict.of(d).planes() > 0;
    }

    private static UnaryOperator<Draft> named(String pattern) {
        String asked = pattern.isBlank() ? Roles.NAMES : pattern.strip();
        return d -> Roles.rename(d, asked);
    }

    /// An empty field gives the addresses back.
    private void reserve(Consumer<Intent> tell) {
        wrong.clear();
        if (reserve.getText().isBlank()) {
            tell.accept(new Intent.Edit(Roles::unreserve));
            return;
        }
        Reserved.parse(reserve.getText(), network)
                .ifPresentOrElse(
                        first -> tell.accept(new Intent.Edit(d -> Roles.reserve(d, first))),
                        () -> wrong.say(Notice.Kind.WARNING, text("roles.reserve.bad")));
    }

    private void showLines(Draft d) {
        boolean more = false;
        for (Machine m : d.machines().values()) {
            RoleLine now = new RoleLine(m, d.wishes().get(m.mac()));
            Live<RoleLine> line = lines.get(m.mac());
            if (line == null) {
                lines.put(m.mac(), new Live<>(now));
                more = true;
            } else {
                line.show(now);
            }
        }
        if (more) {
            table.getItems().setAll(lines.values());
        }
    }

    private void table(Consumer<Intent> tell) {
        table.setId("roles");
        table.getSelectionModel().setSelectionMode(SelectionMode.MULTIPLE);
        table.addEventHandler(KeyEvent.KEY_PRESSED, e -> place(e, tell));
        table.setFixedCellSize(ROW);
        table.setMinHeight(ROW * 4);
        table.setPlaceholder(Parts.empty(Feather.USERS, "roles.empty", "roles.empty.do"));
        table.setColumnResizePolicy(TableView.CONSTRAINED_RESIZE_POLICY_FLEX_LAST_COLUMN);
        table.getColumns()
                .setAll(
                        List.of(
                                Columns.of("column.mac", 158, l -> machine(l).mac().toString()),
                                RoleCells.column("column.role", 140, RoleCells.RoleCell::new, tell),
                                RoleCells.column("column.host", 140, RoleCells.NameCell::new, tell),
                                RoleCells.column("column.disk", 165, RoleCells.DiskCell::new, tell),
                                Columns.of("column.ip", 118, l -> address(l.get())),
                                Columns.of("column.vendor", 110, l -> about(machine(l)))));
    }

    /// C, W and N put the selected machines in their place.
    private void place(KeyEvent e, Consumer<Intent> tell) {
        Place place =
                switch (e.getCode()) {
                    case C -> Place.CONTROL_PLANE;
                    case W -> Place.WORKER;
                    case N -> Place.UNUSED;
                    default -> null;
                };
        boolean typing = e.getTarget() instanceof TextInputControl;
        if (place == null || typing || e.isShortcutDown() || e.isAltDown()) {
            return;
        }
        for (Live<RoleLine> line : List.copyOf(table.getSelectionModel().getSelectedItems())) {
            tell.accept(place.intent(machine(line).mac()));
        }
        e.consume();
    }

    private static String address(RoleLine line) {
        FixedAddress fixed = line.wish() == null ? null : line.wish().fixed();
        return fixed == null
                ? Objects.toString(line.machine().ip(), "–")
                : text("roles.fixed", fixed.address());
    }

    private static Machine machine(Live<RoleLine> line) {
        return line.get().machine();
    }

    private static String about(Machine m) {
        return (m.vendor() + " " + m.firmware().label()).strip();
    }
}
