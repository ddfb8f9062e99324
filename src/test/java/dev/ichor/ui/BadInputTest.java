package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.Wiring;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.NasTarget;
import dev.ichor.steps.ClusterFolder;
import dev.ichor.steps.Session;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.event.ActionEvent;
import javafx.geometry.Bounds;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.ButtonBase;
import javafx.scene.control.Cell;
import javafx.scene.control.TextField;
import javafx.scene.control.TextInputControl;
import javafx.scene.control.ToggleButton;
import javafx.scene.layout.Region;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.BeforeEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Files;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;
import java.util.Set;
import java.util.TreeSet;
import java.util.concurrent.CompletableFuture;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.AtomicReference;
import java.util.stream.Collectors;
import java.util.stream.Stream;

/// Every text field of every page, found in the scene, is given what owners type and paste by
/// mistake.
class BadInputTest {
    private static final int WIDTH = 960;
    private static final int HEIGHT = 620;

    private static final List<String> INPUTS =
            List.of(
                    "",
                    "   ",
                    "x".repeat(10_000),
                    "🧛 lab 🏡",
                    "معمل 192.168.1.1",
                    "4c:52:62:08:a3:ce, 4c:52:62:0e:11:02;\n4c:52:62:0e:11:03",
                    "../../etc/passwd",
                    "http://[::1");

    /// What opens a question with fields of its own.
    private static final List<String> ASKING = List.of("ask-router", "console-set");

    @TempDir private Path dir;
    private final Ui ui = Ui.start();
    private final List<Throwable> thrown = new CopyOnWriteArrayList<>();
    private final AtomicReference<Shell> shell = new AtomicReference<>();
    private final AtomicReference<Desk> desk = new AtomicReference<>();
    private final Thread.UncaughtExceptionHandler before =
            Thread.getDefaultUncaughtExceptionHandler();
    private ClusterFolder folder;

    @BeforeEach
    void open() throws Exception {
        folder = ClusterFolder.open(dir);
        Draft draft =
                Posed.assigned()
                        .booting(dev.ichor.cluster.BootMode.ROUTER_TO_PC)
                        .copiedTo(
                                new NasTarget(
                                        "nas", 22, "admin", "/docker", null, "http://nas:8080"));
        folder.write(draft);
        Files.writeString(dir.resolve("private").resolve("kubeconfig"), "{}");
        Files.write(
                dir.resolve("logs").resolve("steps.txt"),
                Arrays.stream(Step.values())
                        .map(s -> s + (s == Step.FINISH ? " DONE x" : " CHECK_AGAIN x"))
                        .toList());
        Thread.setDefaultUncaughtExceptionHandler((t, e) -> thrown.add(e));
        Overlay overlay = new Overlay();
        Session session = new Wiring().open(dir, new Questions(overlay));
        desk.set(new Desk(session, s -> shell.get().show(s)));
        ui.show(() -> window(overlay, session.snapshot()), WIDTH, HEIGHT);
        ui.onScreen(() -> {
            desk.get().open();
            return true;
        });
    }

    private Region window(Overlay overlay, Snapshot first) {
        Thread.currentThread().setUncaughtExceptionHandler((t, e) -> thrown.add(e));
        shell.set(
                new Shell(
                        first,
                        desk.get().surroundings(),
                        desk.get()::settled,
                        new Shell.Outside(() -> {}, overlay::ask, () -> {}, () -> {})));
        overlay.content(shell.get());
        return overlay;
    }

    @AfterEach
    void close() {
        Thread.setDefaultUncaughtExceptionHandler(before);
        desk.get().close();
        ui.close();
    }

    @Test
    void whatever_is_typed_is_taken_or_told_and_breaks_nothing() throws Exception {
        Set<String> seen = new TreeSet<>();
        for (Step step : Step.values()) {
            ui.onScreen(() -> {
                shell.get().turn(step);
                return true;
            });
            walk(step, seen);
            for (String button : ASKING) {
                if (ui.onScreen(() -> find(button).filter(BadInputTest::seen).isPresent())) {
                    ui.onScreen(() -> {
                        ((ButtonBase) find(button).orElseThrow()).fire();
                        return true;
                    });
                    ui.waitFor(() -> ui.visible("#question"));
                    walk(step, seen);
                    ui.click("#answer-no");
                }
            }
        }
        assertThat(seen)
                .contains("cluster-name", "endpoint", "mac", "names", "reserve", "talos")
                .contains(
                        "nas-host",
                        "nas-http",
                        "log-search",
                        "host",
                        "new-passphrase",
                        "router-host");
    }

    private void walk(Step step, Set<String> seen) throws Exception {
        for (String id : ui.onScreen(this::fields)) {
            if (!seen.add(id.replaceFirst("^host-.*", "host"))) {
                continue; // one row of a table is like another
            }
            String good = ui.onScreen(() -> field(id).getText());
            for (String input : INPUTS) {
                enter(id, input);
                check(step, id + " ← " + shortened(input));
            }
            enter(id, good);
        }
    }

    /// Selected and replaced, as pasting does, then Enter.
    private void enter(String id, String input) throws Exception {
        ui.onScreen(() -> {
            TextInputControl f = field(id);
            f.requestFocus();
            f.selectAll();
            f.replaceSelection(input);
            if (f instanceof TextField) {
                f.fireEvent(new ActionEvent());
            }
            return true;
        });
        settled();
    }

    private Snapshot settled() throws Exception {
        CompletableFuture<Snapshot> now = new CompletableFuture<>();
        desk.get().settled(now::complete);
        return now.get(60, TimeUnit.SECONDS);
    }

    private void check(Step step, String what) throws Exception {
        Snapshot now = settled();
        assertThat(thrown).as(what).isEmpty();
        assertThat(folder.read()).as(what).isEqualTo(now.draft());
        assertThat(ui.onScreen(this::outside)).as(what).isEmpty();
        if (!ui.visible("#question") && Flow.next(now, step) instanceof Flow.Move.Blocked not) {
            ui.onScreen(() -> {
                ((ButtonBase) find("next").orElseThrow()).fire();
                return true;
            });
            settled();
            assertThat(ui.onScreen(this::said))
                    .as(what)
                    .anyMatch(t -> t.contains(not.by().getFirst().what()));
        }
    }

    private List<String> said() {
        return nodes().filter(n -> n instanceof Notice && seen(n))
                .map(n -> ((Notice) n).said())
                .filter(t -> !t.isBlank())
                .toList();
    }

    /// Rows of a table are there once it was laid out, which also folds the log of a small window.
    private List<String> fields() {
        laidOut();
        find("log-open").map(ToggleButton.class::cast).ifPresent(b -> b.setSelected(true));
        laidOut();
        return nodes().filter(n ->
                        n instanceof TextInputControl t
                                && t.isEditable()
                                && !t.isDisabled()
                                && n.getId() != null
                                && seen(n))
                .map(Node::getId)
                .collect(Collectors.toCollection(ArrayList::new));
    }

    private TextInputControl field(String id) {
        return (TextInputControl) find(id).orElseThrow(() -> new AssertionError(id + " is gone"));
    }

    private java.util.Optional<Node> find(String id) {
        return nodes().filter(n -> id.equals(n.getId())).findFirst();
    }

    /// Beside the window, or below it where nothing scrolls.
    private List<String> outside() {
        laidOut();
        return nodes().filter(n ->
                        n instanceof TextInputControl
                                || n instanceof ButtonBase
                                || n instanceof Notice)
                .filter(n -> n.getId() != null && seen(n) && !inCell(n))
                .filter(n -> {
                    Bounds at = n.localToScene(n.getBoundsInLocal());
                    return at.getMinX() < 0
                            || at.getMaxX() > WIDTH
                            || (n.getId().equals("next") && at.getMaxY() > HEIGHT);
                })
                .map(Node::toString)
                .toList();
    }

    private void laidOut() {
        Parent root = ui.stage().getScene().getRoot();
        root.applyCss();
        root.layout();
    }

    private static boolean inCell(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (n instanceof Cell<?>) {
                return true;
            }
        }
        return false;
    }

    private Stream<Node> nodes() {
        return below(ui.stage().getScene().getRoot());
    }

    private static Stream<Node> below(Node n) {
        return n instanceof Parent p
                ? Stream.concat(
                        Stream.of(n),
                        p.getChildrenUnmodifiable().stream().flatMap(BadInputTest::below))
                : Stream.of(n);
    }

    private static boolean seen(Node node) {
        for (Node n = node; n != null; n = n.getParent()) {
            if (!n.isVisible()) {
                return false;
            }
        }
        return true;
    }

    private static String shortened(String input) {
        return input.length() > 30 ? input.substring(0, 30) + "…" : input;
    }
}
