package dev.ichor.ui;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;
import dev.ichor.steps.Snapshot;
import dev.ichor.steps.Step;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.EnumSource;

import java.util.List;
import java.util.concurrent.CopyOnWriteArrayList;
import java.util.function.Function;

/// Who answers the network boot: every way can be chosen, and each carries through the pages.
class BootModesTest {
    private final Ui ui = Ui.start();
    private final List<Intent> told = new CopyOnWriteArrayList<>();

    @AfterEach
    void close() {
        ui.close();
    }

    @ParameterizedTest
    @EnumSource(BootMode.class)
    void every_way_can_be_chosen(BootMode mode) {
        BootMode other = mode == BootMode.PROXY ? BootMode.NAS_PROXY : BootMode.PROXY;
        show(ReadyPage::new, Step.GET_READY, Posed.found().booting(other));
        ui.click("#mode-" + mode);

        assertThat(told)
                .singleElement()
                .isInstanceOfSatisfying(
                        Intent.Edit.class,
                        e -> assertThat(e.change().apply(Posed.found()).mode()).isEqualTo(mode));
    }

    @Test
    void one_way_is_recommended_with_its_reason() {
        show(ReadyPage::new, Step.GET_READY, Posed.found());

        assertThat(ui.words("#mode-reason"))
                .isEqualTo(
                        "Recommended: This PC answers beside the router. Nothing has to be set. A"
                                + " NAS can take over later.");
    }

    @Test
    void what_to_enter_for_the_nas_is_told_once_its_address_is_known() {
        Draft onlyBios = oneKind().booting(BootMode.ROUTER_TO_NAS);
        show(ReadyPage::new, Step.GET_READY, onlyBios.copiedTo(null));
        assertThat(ui.visible("#recipe-server")).isFalse();
        ui.close();

        show(ReadyPage::new, Step.GET_READY, onlyBios);
        assertThat(ui.words("#recipe-server")).isEqualTo("192.168.1.20");
        assertThat(ui.words("#recipe-file")).isEqualTo("lpxelinux.0");
    }

    @ParameterizedTest
    @EnumSource(names = {"NAS_PROXY", "ROUTER_TO_NAS"})
    void where_the_nas_boots_the_machines_it_cannot_be_skipped(BootMode mode) {
        show(CopyPage::new, Step.COPY, oneKind().booting(mode));

        assertThat(ui.words("#copy-needed")).startsWith("The machines boot from the NAS");
        assertThat(ui.disabled("#skip")).isTrue();
        assertThat(ui.visible("#recipe-server")).isEqualTo(mode == BootMode.ROUTER_TO_NAS);
    }

    @Test
    void elsewhere_it_can() {
        show(CopyPage::new, Step.COPY, oneKind());

        assertThat(ui.disabled("#skip")).isFalse();
        assertThat(ui.visible("#copy-needed")).isFalse();
        assertThat(ui.visible("#router-say")).isFalse();
    }

    @Test
    void machines_cannot_find_a_nas_by_its_name() {
        Draft named = Posed.assigned();

        assertThat(Gaps.of(named, Step.COPY)).isEmpty();
        assertThat(Gaps.of(named.booting(BootMode.NAS_PROXY), Step.COPY))
                .extracting(Problem::what)
                .containsExactly("The machines cannot find the NAS by its name.");
        assertThat(Gaps.of(oneKind().booting(BootMode.NAS_PROXY), Step.COPY)).isEmpty();
    }

    /// One BIOS machine, and a NAS that is named by its address.
    private static Draft oneKind() {
        Draft d = Posed.assigned();
        for (int i = 1; i < Posed.MACS.size(); i++) {
            d = d.release(Posed.MACS.get(i));
        }
        return d.copiedTo(
                new NasTarget(
                        "nas.local", 22, "admin", "/docker", null, "http://192.168.1.20:8080"));
    }

    private void show(
            Function<java.util.function.Consumer<Intent>, Page> page, Step step, Draft draft) {
        Snapshot s = Posed.at(step, Posed.todo(), draft, Posed.results());
        ui.show(
                () -> {
                    Page p = page.apply(told::add);
                    p.show(s);
                    return p.view();
                },
                960,
                900);
    }
}
