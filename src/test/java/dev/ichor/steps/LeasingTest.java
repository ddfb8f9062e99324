package dev.ichor.steps;

import static org.assertj.core.api.Assertions.assertThatThrownBy;

import dev.ichor.Wiring;
import dev.ichor.cluster.Adapter;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Subnet;
import dev.ichor.netboot.Notebook;
import dev.ichor.netboot.Switch;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;
import org.junit.jupiter.api.io.TempDir;

import java.nio.file.Path;

/// Our own DHCP server is refused on a real switch with a real router.
@Timeout(120)
class LeasingTest {
    @TempDir Path folder;

    @Test
    void no_addresses_are_given_out_where_another_server_is_heard() throws Exception {
        try (Switch lan = new Switch()) {
            lan.plugInRouter(folder);
            Adapter adapter = new Adapter("eth0", "Ethernet", new Subnet(lan.pc(), 24), true, 0);
            assertThatThrownBy(() -> Leasing.on(adapter, new Wiring().world(), Notebook.NONE))
                    .isInstanceOf(ProblemException.class)
                    .hasMessage("Another DHCP server, " + lan.router() + ", is on this network.");
        }
    }
}
