package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThat;

import dev.ichor.cluster.InstallDisk;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.Machine;
import dev.ichor.cluster.Node;
import dev.ichor.cluster.Role;

import org.junit.jupiter.api.Test;

import java.util.Optional;

class WipesTest {
    private static final Mac MAC = Mac.of("4c:52:62:08:a3:ce");
    private static final Mac OTHER = Mac.of("4c:52:62:0e:11:02");
    private static final Node NODE =
            new Node(
                    Machine.of(MAC),
                    "futro-1",
                    Role.WORKER,
                    new InstallDisk.Device("/dev/sda"),
                    Life.DISK_FIRST);

    @Test
    void only_the_machine_with_the_name_and_the_mac_is_wiped() {
        assertThat(Wipes.isMeant(NODE, "futro-1", Optional.of(MAC))).isTrue();
        assertThat(Wipes.isMeant(NODE, "Futro-1.lan", Optional.of(MAC))).isTrue();
    }

    @Test
    void a_machine_of_the_same_name_at_that_address_is_left_alone() {
        assertThat(Wipes.isMeant(NODE, "futro-1", Optional.of(OTHER))).isFalse();
    }

    @Test
    void a_machine_of_another_name_or_that_no_neighbour_entry_tells_of_is_left_alone() {
        assertThat(Wipes.isMeant(NODE, "futro-2", Optional.of(MAC))).isFalse();
        assertThat(Wipes.isMeant(NODE, "futro-1", Optional.empty())).isFalse();
    }
}
