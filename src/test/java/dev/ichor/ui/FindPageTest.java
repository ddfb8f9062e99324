package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.router.FakeConsole;
import dev.ichor.steps.Results;
import dev.ichor.steps.Step;

import javafx.scene.control.TableView;
import javafx.scene.control.TextField;
import javafx.scene.input.Clipboard;
import javafx.scene.input.DataFormat;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;

import java.nio.file.Path;
import java.util.List;
import java.util.Map;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.atomic.AtomicReference;

/// The second page: what is pasted, what the router knows, what stands twice, who was woken.
class FindPageTest {
    private final Ui ui = Ui.start();
    private final BootLog log = new BootLog();
    private final List<Intent> told = new CopyOnWriteArrayList<>();
    private final AtomicReference<Draft> draft = new AtomicReference<>(Draft.empty());
    private final CompletableFuture<FindPage> page = new CompletableFuture<>();

    @BeforeEach
    void show() {
        ui.show(
                () -> {
                    FindPage p =
                            new FindPage(
                                    new Desk.Surroundings(
                                            this::tell, log, Posed.CLOCK, 1, Path.of("lab")));
                    Overlay overlay = new Overlay();
                    overlay.content(p.view());
                    page.complete(p);
                    return overlay;
                },
                960,
                620);
    }

    @AfterEach
    void close() {
        ui.close();
    }

    private void tell(Intent intent) {
        told.add(intent);
        if (intent instanceof Intent.Edit(var change)) {
            draft.updateAndGet(change);
            draw();
        }
    }

    private void draw() {
        javafx.application.Platform.runLater(() ->
                page.join().show(Posed.at(Step.FIND, Posed.todo(), draft.get(), Results.NONE)));
    }

    private void found(Machine... machines) {
        for (Machine m : machines) {
            draft.updateAndGet(d -> d.found(m));
        }
        draw();
    }

    private static Machine futro(int n, String ip) {
        return new Machine(
                Mac.of("4c:52:62:00:00:0" + n), Ip4.of(ip), "Fujitsu", "", Firmware.BIOS, true);
    }

    @SuppressWarnings("unchecked")
    private TableView<Machine> table() {
        return (TableView<Machine>) ui.stage().getScene().lookup("#found");
    }

    /// The text of each row of a column.
    private List<String> column(int at) {
        return ui.onScreen(() ->
                table().getItems().stream()
                        .map(m -> (String) table().getColumns().get(at).getCellData(m))
                        .toList());
    }

    @Test
    void a_pasted_arp_table_becomes_machines_with_addresses() {
        ui.onScreen(() ->
                Clipboard.getSystemClipboard()
                        .setContent(
                                Map.of(
                                        DataFormat.PLAIN_TEXT,
                                        """
                                        Interface: 192.168.1.10 --- 0xb
                                          192.168.1.66   4c-52-62-08-a3-ce   dynamic
                                          192.168.1.67   4c-52-62-0e-11-02   dynamic
                                        """)));
        ui.click("#paste");

        ui.waitFor(() -> column(1).equals(List.of("192.168.1.66", "192.168.1.67")));
        assertThat(column(2)).containsExactly("Fujitsu", "Fujitsu");
    }

    @Test
    void a_clipboard_without_a_machine_says_what_to_copy() {
        ui.onScreen(() ->
                Clipboard.getSystemClipboard()
                        .setContent(Map.of(DataFormat.PLAIN_TEXT, "dear diary")));
        ui.click("#paste");

        ui.waitFor(() -> ui.visible("#mac-notice"));
        assertThat(told).isEmpty();
    }

    @Test
    void the_routers_clients_join_the_list_after_its_certificate_was_accepted() throws Exception {
        try (FakeConsole console = FakeConsole.start()) {
            ui.click("#ask-router");
            ui.waitFor(() -> ui.visible("#router-host"));
            ui.type("#router-host", "localhost:" + console.port());
            ui.type("#router-secret", FakeConsole.KEY);
            ui.click("#answer-yes");
            ui.waitFor(() -> ui.visible("Is this your router? First connection to localhost"));
            assertThat(((TextField) ui.stage().getScene().lookup("#host-key")).getText())
                    .isEqualTo(console.fingerprint());
            ui.click("#answer-yes");

            ui.waitFor(() -> column(3).equals(List.of("futro")));
            assertThat(column(1)).containsExactly("192.168.1.77");
        }
    }

    @Test
    void a_router_that_is_not_there_is_told_in_words() {
        ui.click("#ask-router");
        ui.waitFor(() -> ui.visible("#router-host"));
        ui.type("#router-host", "localhost:9");
        ui.click("#answer-yes");

        ui.waitFor(() -> ui.visible("#mac-notice"));
    }

    @Test
    void an_address_that_two_machines_show_is_marked_at_both() {
        found(futro(1, "192.168.1.21"), futro(2, "192.168.1.21"), futro(3, "192.168.1.23"));

        ui.waitFor(() -> column(5).size() == 3);
        assertThat(column(5)).containsExactly("address or UUID twice", "address or UUID twice", "");
    }

    @Test
    void what_is_no_thin_client_is_folded_away_and_one_click_shows_it() {
        found(
                futro(1, "192.168.1.21"),
                new Machine(
                        Mac.of("ac:3f:a4:77:10:02"),
                        Ip4.of("192.168.1.60"),
                        "Zebra",
                        "labels",
                        Firmware.UNKNOWN,
                        false));
        ui.waitFor(() -> column(1).equals(List.of("192.168.1.21")));

        ui.click("One other");
        ui.waitFor(() -> column(1).equals(List.of("192.168.1.21", "192.168.1.60")));
    }

    @Test
    void wakes_the_selected_machine_and_says_after_how_long_it_answered() {
        found(futro(1, "192.168.1.21"), futro(2, "192.168.1.22"));
        ui.waitFor(() -> column(1).size() == 2);
        ui.onScreen(() -> {
            table().getSelectionModel().select(1);
            return true;
        });
        ui.click("#wake");
        Mac second = Mac.of("4c:52:62:00:00:02");
        ui.waitFor(() -> told.equals(List.of(new Intent.Wake(second))));

        log.append(new BootEvent.WakeSent(Posed.NOW, second));
        ui.waitFor(() -> column(5).equals(List.of("", "woken, no answer yet")));
        log.append(new BootEvent.Leased(Posed.NOW.plusSeconds(12), second, Ip4.of("192.168.1.22")));
        ui.waitFor(() -> column(5).equals(List.of("", "answered after 12 s")));
    }
}
