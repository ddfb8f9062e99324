package dev.ichor.netboot;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.Life;
import dev.ichor.cluster.MachineAction;

import org.junit.jupiter.api.Test;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/// What a machine boots: life × what is remembered of it.
class NextBootTest {
    private static final Instant T = Instant.parse("2026-01-01T00:00:00Z");
    private static final MachineState NEW = MachineState.NEW;
    private static final MachineState APPROVED = NEW.approvedAt(T);
    private static final MachineState INSTALLED = APPROVED.handedOut("", T).proved(T);
    private static final NextBoot NETWORK = new NextBoot.Network();
    private static final NextBoot WIPE = new NextBoot.Wipe();

    private record Row(String state, MachineState s, Instant at, NextBoot always, NextBoot disk) {}

    @Test
    void a_table_of_all_lives_and_states() {
        List<Row> table =
                List.of(
                        row("new", NEW, wait("")),
                        row("approved", APPROVED, NETWORK),
                        row("a config handed out once", handOuts(1), NETWORK),
                        row("twice", handOuts(2), NETWORK),
                        row("three times", handOuts(3), tooOften(3)),
                        row("once, 29 minutes ago", handOuts(1), at(29), NETWORK),
                        row("once, 30 minutes ago", handOuts(1), at(30), tooOften(1)),
                        row("approved a day ago, never on", APPROVED, at(1440), NETWORK),
                        row("held", APPROVED.with(hold()), wait("two of it")),
                        row("held though installed", INSTALLED.with(hold()), wait("two of it")),
                        new Row("installed", INSTALLED, T, NETWORK, new NextBoot.Disk(0)),
                        new Row("told once", INSTALLED.told(1), T, NETWORK, new NextBoot.Disk(1)),
                        new Row("told twice", INSTALLED.told(2), T, NETWORK, new NextBoot.Disk(2)),
                        new Row(
                                "told three times",
                                INSTALLED.told(3),
                                T,
                                NETWORK,
                                new NextBoot.Doubt(
                                        "It was told 3 times to start from its disk, and its Talos"
                                            + " never answered: the disk is dead or empty, or it is"
                                            + " another machine.")),
                        row("and approved anew", INSTALLED.told(3).approvedAt(T), NETWORK),
                        row("to be wiped", ordered(MachineAction.WIPE), WIPE),
                        row("to be reinstalled", ordered(MachineAction.REINSTALL), WIPE),
                        row("wiped", ordered(MachineAction.WIPE).wiped(T), drawer()),
                        row("wiped a year ago", wiped(), at(525_600), drawer()),
                        row("wiped and approved", wiped().approvedAt(T), NETWORK),
                        row(
                                "wiped to reinstall",
                                ordered(MachineAction.REINSTALL).wiped(T),
                                NETWORK));
        for (Row r : table) {
            assertThat(of(Life.ALWAYS_NETBOOT, r))
                    .as("always netboot, " + r.state())
                    .isEqualTo(r.always());
            assertThat(of(Life.DISK_FIRST, r)).as("disk first, " + r.state()).isEqualTo(r.disk());
        }
    }

    @Test
    void a_machine_that_gets_its_config_over_its_own_api_waits_in_talos() {
        Dispatch.Plan waits = new Dispatch.Plan(Life.DISK_FIRST, true);
        assertThat(NextBoot.of(waits, MachineState.NEW, T)).isEqualTo(NETWORK);
        assertThat(NextBoot.of(waits, wiped(), T)).isEqualTo(drawer());
        assertThat(NextBoot.of(waits, INSTALLED, T)).isEqualTo(new NextBoot.Disk(0));
        assertThat(NextBoot.of(waits, ordered(MachineAction.WIPE), T)).isEqualTo(WIPE);
    }

    private static NextBoot of(Life life, Row r) {
        return NextBoot.of(new Dispatch.Plan(life, false), r.s(), r.at());
    }

    private static Row row(String state, MachineState s, NextBoot both) {
        return row(state, s, T, both);
    }

    private static Row row(String state, MachineState s, Instant at, NextBoot both) {
        return new Row(state, s, at, both, both);
    }

    private static Instant at(int minutes) {
        return T.plus(Duration.ofMinutes(minutes));
    }

    private static MachineState handOuts(int n) {
        MachineState s = APPROVED;
        for (int i = 0; i < n; i++) {
            s = s.handedOut("", T);
        }
        return s;
    }

    private static MachineState ordered(MachineAction action) {
        return INSTALLED.with(new MachineState.Order(action, T, false));
    }

    private static MachineState wiped() {
        return ordered(MachineAction.WIPE).wiped(T);
    }

    private static MachineState.Hold hold() {
        return new MachineState.Hold("two of it", "10.0.0.9", "");
    }

    private static NextBoot wait(String why) {
        return new NextBoot.Wait(why);
    }

    private static NextBoot drawer() {
        return wait("It was wiped. Switch it off, or approve it to install it again.");
    }

    private static NextBoot tooOften(int n) {
        return wait(
                "It had its config "
                        + n
                        + " times and has not been seen installed. Look at its screen, then approve"
                        + " it again.");
    }
}
