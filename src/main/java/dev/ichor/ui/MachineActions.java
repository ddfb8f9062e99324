package dev.ichor.ui;

import static dev.ichor.ui.Words.text;

import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;

import javafx.scene.Node;
import javafx.scene.control.ContextMenu;
import javafx.scene.control.MenuItem;
import javafx.scene.control.SeparatorMenuItem;

import java.util.List;
import java.util.function.Consumer;

/// What can be done to one machine, as menu items.
///
/// @param anchor where a question is asked from
/// @param row the machine
/// @param tell what the owner wants
record MachineActions(Node anchor, RowView row, Consumer<Intent> tell) {
    /// What only our servers can do, those that a machine waits for first.
    List<MenuItem> orders() {
        Mac mac = row.who().mac();
        return List.of(
                item("approve", "monitor.approve", new Intent.Approve(mac)),
                item("wake", "monitor.wake", new Intent.Wake(mac)),
                order("action.loader", MachineAction.OTHER_LOADER),
                order("action.local", MachineAction.LOCAL_BOOT),
                order("action.reinstall", MachineAction.REINSTALL),
                order("action.wipe", MachineAction.WIPE));
    }

    /// The whole menu of a row.
    ///
    /// @param serving whether our servers run
    /// @param open shows the machine in full
    ContextMenu menu(boolean serving, Runnable open) {
        ContextMenu menu = new ContextMenu();
        menu.setId("machine-menu");
        menu.getItems().addAll(item("details", "action.details", open), new SeparatorMenuItem());
        for (MenuItem order : orders()) {
            order.setDisable(!serving || (isApprove(order) && !row.way().needs().approval()));
            menu.getItems().add(order);
        }
        RowView.Who who = row.who();
        MenuItem address =
                item("copy-ip", "action.copy.ip", () -> Parts.copy(String.valueOf(who.ip())));
        address.setDisable(who.ip() == null);
        menu.getItems()
                .addAll(
                        new SeparatorMenuItem(),
                        address,
                        item(
                                "copy-mac",
                                "action.copy.mac",
                                () -> Parts.copy(who.mac().toString())));
        return menu;
    }

    private static boolean isApprove(MenuItem item) {
        return "action-approve".equals(item.getId());
    }

    private MenuItem order(String key, MachineAction action) {
        return item(key.replace("action.", ""), key, new Intent.Order(row.who().mac(), action));
    }

    private MenuItem item(String id, String key, Intent intent) {
        return item(id, key, () -> TypedWipe.ask(anchor, row.who().name(), intent, tell));
    }

    private static MenuItem item(String id, String key, Runnable does) {
        MenuItem item = new MenuItem(text(key));
        item.setId("action-" + id);
        item.setOnAction(e -> does.run());
        return item;
    }
}
