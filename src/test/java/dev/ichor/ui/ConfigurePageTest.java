package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Role;
import dev.ichor.steps.Results;
import dev.ichor.steps.Step;

import javafx.scene.control.ListView;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;

import java.util.List;

/// The generated config beside the form: masked, with what is different marked.
class ConfigurePageTest {
    private final Ui ui = Ui.start();

    @AfterEach
    void close() {
        ui.close();
    }

    @Test
    void the_config_is_shown_with_its_secrets_masked() {
        show(Posed.assigned(), Posed.results());

        assertThat(texts(Diff.Mark.SAME))
                .contains("    token: ••••", "    secret: ••••", "        crt: ••••")
                .contains("    clusterName: home-lab");
    }

    @Test
    void what_a_machine_has_for_itself_is_marked() {
        show(Posed.assigned(), Posed.results());
        ui.click("worker-2.yaml");

        assertThat(texts(Diff.Mark.NEW)).contains("hostname: worker-2");
        assertThat(texts(Diff.Mark.GONE)).isEmpty();
        assertThat(ui.words("#config-marked")).startsWith("worker-2.yaml. Marked: what this");
    }

    @Test
    void what_has_changed_since_the_configs_were_made_is_marked() {
        show(Posed.assigned().reachedAt("https://192.168.1.99:6443"), Posed.results());

        assertThat(texts(Diff.Mark.GONE)).contains("        endpoint: https://192.168.1.21:6443");
        assertThat(texts(Diff.Mark.NEW)).contains("        endpoint: https://192.168.1.99:6443");
        assertThat(ui.words("#config-marked"))
                .startsWith("control-1.yaml. Marked: what has changed since");
    }

    @Test
    void a_warning_stands_beside_the_file_it_is_about() {
        Draft small =
                Posed.assigned()
                        .assign(
                                Posed.MACS.get(1),
                                new Draft.Wish(
                                        Role.WORKER,
                                        "worker-1",
                                        new InstallDisk.Size(">= 4GB"),
                                        Life.ALWAYS_NETBOOT));
        show(small, Posed.results());
        assertThat(ui.visible("#config-warnings")).isFalse();
        ui.click("worker-1.yaml");

        assertThat(ui.words("#config-warnings"))
                .startsWith("The disk of worker-1 may be smaller than 10 GiB.");
    }

    @Test
    void while_the_plan_has_gaps_the_last_configs_stay() {
        show(Posed.assigned().named("Home Lab"), Posed.results());
        assertThat(texts(Diff.Mark.SAME)).contains("    clusterName: home-lab");
        ui.close();

        show(Posed.assigned().named("Home Lab"), Results.NONE);
        assertThat(texts(Diff.Mark.SAME)).isEmpty();
    }

    private void show(Draft draft, Results results) {
        ui.show(
                () -> {
                    Page page = new ConfigurePage(i -> {});
                    page.show(Posed.at(Step.CONFIGURE, Posed.todo(), draft, results));
                    return page.view();
                },
                960,
                620);
    }

    private List<String> texts(Diff.Mark mark) {
        return ui.onScreen(() ->
                ((ListView<?>) ui.stage().getScene().lookup("#config-file"))
                        .getItems().stream()
                                .map(Diff.Line.class::cast)
                                .filter(l -> l.mark() == mark)
                                .map(Diff.Line::text)
                                .toList());
    }
}
