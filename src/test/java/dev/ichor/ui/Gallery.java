package dev.ichor.ui;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Role;
import dev.ichor.steps.Results;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import javafx.application.Platform;
import javafx.scene.Node;
import javafx.scene.Parent;
import javafx.scene.control.Button;
import javafx.scene.input.MouseButton;
import javafx.scene.input.MouseEvent;
import javafx.scene.layout.Region;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.Objects;
import java.util.function.Supplier;
import java.util.stream.Stream;

/// Every page in its states: empty, busy, failed, done, full.
final class Gallery {
    private final Map<String, Supplier<Region>> pictures = new LinkedHashMap<>();

    /// Name → what is shown, to be made on the toolkit's thread.
    static Map<String, Supplier<Region>> pictures() {
        Gallery g = new Gallery();
        g.collect();
        return g.pictures;
    }

    private void collect() {
        Draft found = Posed.found();
        Draft assigned = Posed.assigned();
        Results none = Results.NONE;
        Results all = Posed.results();
        pictures.put("0-welcome", Gallery::welcome);
        page("1-ready-new", Step.GET_READY, Posed.todo(), Posed.empty(), none);
        page("1-ready", Step.GET_READY, Posed.done(Step.GET_READY), found, all);
        page(
                "1-ready-router",
                Step.GET_READY,
                Posed.done(Step.GET_READY),
                found.booting(BootMode.ROUTER_TO_PC),
                all);
        page(
                "1-ready-nas",
                Step.GET_READY,
                Posed.done(Step.GET_READY),
                Posed.assigned().booting(BootMode.NAS_PROXY),
                all);
        page("2-find-empty", Step.FIND, Posed.todo(), Posed.empty().on("eth0"), all);
        page("2-find", Step.FIND, Posed.running("192.168.1.77", 77, 254), found, all);
        page("3-roles-empty", Step.ROLES, Posed.todo(), found, all);
        page("3-roles", Step.ROLES, Posed.todo(), twins(assigned), all);
        page("4-download-new", Step.DOWNLOAD, Posed.todo(), assigned, none);
        page(
                "4-download",
                Step.DOWNLOAD,
                Posed.running("initramfs-amd64.xz", 32_000_000, 98_200_000),
                assigned,
                none);
        page("5-configure", Step.CONFIGURE, Posed.done(Step.CONFIGURE), assigned, all);
        page(
                "5-configure-changed",
                Step.CONFIGURE,
                Posed.done(Step.CONFIGURE),
                assigned.reachedAt("https://192.168.1.99:6443"),
                all);
        page("5-configure-bad", Step.CONFIGURE, Posed.todo(), assigned.named("Home Lab"), none);
        page(
                "6-copy-failed",
                Step.COPY,
                Posed.failed(
                        "The NAS refused the password of admin.",
                        "nas.local answered: Permission denied.",
                        "Check user and password, and that SSH is switched on."),
                assigned,
                none);
        page("6-copy", Step.COPY, Posed.done(Step.COPY), assigned, all);
        page(
                "6-copy-nas",
                Step.COPY,
                Posed.done(Step.COPY),
                assigned.booting(BootMode.ROUTER_TO_NAS),
                all);
        page("7-boot", Step.BOOT, Posed.running("", 0, -1), assigned, all);
        pictures.put("7-boot-waits", Gallery::waits);
        pictures.put(
                "7-boot-trouble",
                () ->
                        shell(
                                Posed.at(Step.BOOT, Posed.running("", 0, -1), assigned, all),
                                Step.BOOT,
                                Posed.trouble()));
        pictures.put("7-boot-details", () -> boots("card-" + Posed.CONTROL));
        pictures.put("7-boot-timeline", () -> boots("timeline-open"));
        pictures.put("7-boot-100", () -> many(100));
        page("8-finish-early", Step.FINISH, Posed.todo(), assigned, none);
        page(
                "8-finish-sealable",
                Step.FINISH,
                Posed.done(Step.FINISH),
                assigned.copiedTo(Objects.requireNonNull(assigned.nas()).holding(true)),
                all);
        page("8-finish", Step.FINISH, Posed.done(Step.FINISH), assigned, all);
        pictures.put("9-question", Gallery::question);
        pictures.put("9-help", Gallery::help);
    }

    private void page(
            String name, Step step, dev.ichor.steps.StepState state, Draft draft, Results results) {
        pictures.put(name, () -> shell(Posed.at(step, state, draft, results), step, Posed.log()));
    }

    private static Draft twins(Draft d) {
        Draft.Wish w =
                new Draft.Wish(
                        Role.WORKER,
                        "worker-1",
                        new InstallDisk.Size(">= 8GB"),
                        Life.ALWAYS_NETBOOT);
        return d.assign(Posed.MACS.get(3), w);
    }

    private static Region waits() {
        Draft d = Posed.assigned();
        for (Mac mac : Posed.MACS.subList(1, 3)) {
            Draft.Wish w = Objects.requireNonNull(d.wishes().get(mac));
            InstallDisk ask = new InstallDisk.Ask();
            d = d.assign(mac, new Draft.Wish(w.role(), w.hostname(), ask, w.life()));
        }
        return shell(
                Posed.at(Step.BOOT, Posed.running("", 0, -1), d, Posed.results()),
                Step.BOOT,
                Posed.waiting());
    }

    /// The boot page after a click.
    private static Region boots(String pressed) {
        Shell shell = shell(Posed.booting(), Step.BOOT, Posed.log());
        // There are cards only once the window is there.
        Platform.runLater(() -> {
            shell.applyCss();
            shell.layout();
            nodes(shell).filter(n -> pressed.equals(n.getId())).toList().forEach(Gallery::press);
        });
        return shell;
    }

    private static Stream<Node> nodes(Node n) {
        return n instanceof Parent p
                ? Stream.concat(
                        Stream.of(n), p.getChildrenUnmodifiable().stream().flatMap(Gallery::nodes))
                : Stream.of(n);
    }

    private static void press(Node node) {
        if (node instanceof Button b) {
            b.fire();
        } else {
            node.fireEvent(click());
        }
    }

    private static MouseEvent click() {
        return new MouseEvent(
                MouseEvent.MOUSE_CLICKED,
                0,
                0,
                0,
                0,
                MouseButton.PRIMARY,
                1,
                false,
                false,
                false,
                false,
                true,
                false,
                false,
                true,
                false,
                true,
                null);
    }

    private static Region many(int n) {
        BootLog log = new BootLog();
        Draft d = Draft.empty();
        for (int i = 0; i < n; i++) {
            Mac mac = new Mac(0x4c52620e0000L + i);
            Role role = i < 3 ? Role.CONTROL_PLANE : Role.WORKER;
            d =
                    d.assign(
                            mac,
                            new Draft.Wish(
                                    role,
                                    (i < 3 ? "control-" : "worker-") + i,
                                    new InstallDisk.Device("/dev/sda"),
                                    Life.ALWAYS_NETBOOT));
            Ip4 ip = Ip4.of("192.168.1.20").plus(i);
            switch (i % 5) {
                case 0 -> Posed.ready(log, mac, ip, Posed.NOW.minusSeconds(90 + i));
                case 1, 2 -> Posed.loading(log, mac, ip, Posed.NOW.minusSeconds(10 + i % 8));
                case 3 -> {
                    Posed.heard(log, mac, Posed.NOW.minusSeconds(5));
                    log.append(new BootEvent.WaitingForApproval(Posed.NOW, mac));
                }
                default -> {}
            }
        }
        return shell(
                Posed.at(Step.BOOT, Posed.running("", 0, -1), d, Posed.results()), Step.BOOT, log);
    }

    static Shell shell(Snapshot snapshot, Step step, BootLog log) {
        return shell(snapshot, step, log, Path.of("/home/ana/ichor/home-lab"));
    }

    static Shell shell(Snapshot snapshot, Step step, BootLog log, Path folder) {
        return shell(snapshot, step, new Desk.Surroundings(i -> {}, log, Posed.CLOCK, 1, folder));
    }

    static Shell shell(Snapshot snapshot, Step step, Desk.Surroundings around) {
        BootLog log = around.log();
        Shell shell =
                new Shell(
                        snapshot,
                        around,
                        then -> then.accept(snapshot),
                        new Shell.Outside(() -> {}, q -> {}, () -> {}, () -> {}));
        shell.turn(step);
        Posed.progress(log, Posed.MACS.get(1), Ip4.of("192.168.1.22"), 43_000_000);
        shell.show(snapshot);
        return shell;
    }

    private static Region welcome() {
        try {
            Path home = Files.createTempDirectory("ichor");
            Files.createDirectory(home.resolve("home-lab"));
            Files.writeString(home.resolve("home-lab").resolve("cluster.json"), "{}");
            return new Welcome(
                    home,
                    new Welcome.Chosen(Language.SYSTEM, new Theme.Wish(Look.SYSTEM, false)),
                    new Welcome.Wishes(() -> {}, p -> {}, l -> {}, d -> {}));
        } catch (IOException e) {
            throw new java.io.UncheckedIOException(e);
        }
    }

    private static Region help() {
        Overlay overlay = over();
        overlay.ask(Help.about(Step.COPY));
        return overlay;
    }

    private static Overlay over() {
        Overlay overlay = new Overlay();
        overlay.content(
                shell(
                        Posed.at(
                                Step.COPY,
                                Posed.running("", 0, -1),
                                Posed.assigned(),
                                Posed.results()),
                        Step.COPY,
                        new BootLog()));
        return overlay;
    }

    private static Region question() {
        Overlay overlay = over();
        overlay.ask(
                new Overlay.Question(
                        Words.text("key.title", "nas.local"),
                        Words.text("key.words"),
                        Questions.key("SHA256:nThbg6kXUpJWGl7E1IGOCspRomTxdCARLviKw6E5SY8"),
                        "key.verb",
                        () -> {},
                        () -> {}));
        return overlay;
    }
}
