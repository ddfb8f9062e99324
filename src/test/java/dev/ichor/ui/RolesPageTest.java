package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Draft;
import dev.ichor.steps.Roles;
import dev.ichor.steps.Step;

import javafx.application.Platform;
import javafx.scene.control.TableView;
import javafx.scene.input.KeyCode;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.util.List;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.atomic.AtomicReference;

/// The third page: a suggestion, keys on several machines at once, names and addresses in a row.
class RolesPageTest {
    private final Ui ui = Ui.start();
    private final AtomicReference<Draft> draft = new AtomicReference<>(Posed.found());
    private final CompletableFuture<RolesPage> page = new CompletableFuture<>();

    @BeforeEach
    void show() {
        ui.show(
                () -> {
                    page.complete(new RolesPage(this::tell));
                    return page.join().view();
                },
                960,
                620);
        draw();
        ui.click("#suggest");
        ui.waitFor(() -> names().equals(List.of("control-1", "worker-1", "worker-2", "worker-3")));
    }

    @AfterEach
    void close() {
        ui.close();
    }

    private void tell(Intent intent) {
        switch (intent) {
            case Intent.Edit(var change) -> draft.updateAndGet(change);
            case Intent.Assign(var mac, var role) ->
                    draft.updateAndGet(d -> Roles.assign(d, mac, role));
            default -> throw new AssertionError(intent);
        }
        draw();
    }

    private void draw() {
        Platform.runLater(() ->
                page.join().show(Posed.at(Step.ROLES, Posed.todo(), draft.get(), Posed.results())));
    }

    private List<String> names() {
        return draft.get().wishes().values().stream().map(Draft.Wish::hostname).toList();
    }

    private List<String> roles() {
        return draft.get().wishes().values().stream().map(w -> w.role().name()).toList();
    }

    private void select(int... rows) {
        ui.onScreen(() -> {
            TableView<?> table = (TableView<?>) ui.stage().getScene().lookup("#roles");
            table.getSelectionModel().clearSelection();
            for (int row : rows) {
                table.getSelectionModel().select(row);
            }
            table.requestFocus();
            return true;
        });
    }

    @Test
    void a_key_puts_all_selected_machines_in_their_place() {
        select(1, 2);
        ui.press(KeyCode.C);
        ui.waitFor(() ->
                roles().equals(
                                List.of(
                                        "CONTROL_PLANE",
                                        "CONTROL_PLANE",
                                        "CONTROL_PLANE",
                                        "WORKER")));

        select(3);
        ui.press(KeyCode.N);
        ui.waitFor(() -> draft.get().wishes().size() == 3);
    }

    @Test
    void a_pattern_names_all_and_a_first_address_numbers_them() {
        ui.type("#names", "futro-{n}");
        ui.press(KeyCode.ENTER);
        ui.waitFor(() -> names().equals(List.of("futro-1", "futro-2", "futro-3", "futro-4")));

        ui.type("#reserve", "192.168.1.51");
        ui.press(KeyCode.ENTER);
        ui.waitFor(() ->
                addresses()
                        .equals(
                                List.of(
                                        "192.168.1.51/24",
                                        "192.168.1.52/24",
                                        "192.168.1.53/24",
                                        "192.168.1.54/24")));
        assertThat(draft.get().problems()).isEmpty();

        ui.type("#reserve", "somewhere");
        ui.press(KeyCode.ENTER);
        ui.waitFor(() -> ui.visible("#reserve-notice"));
    }

    private List<String> addresses() {
        return draft.get().wishes().values().stream().map(w -> String.valueOf(w.fixed())).toList();
    }
}
