package dev.ichor.steps;

import dev.ichor.cluster.Machine;
import dev.ichor.discovery.MachineList;

import java.util.List;

/// Lists of machines that the owner pastes, for any front.
public final class MachineTexts {
    private MachineTexts() {}

    /// What could be read.
    ///
    /// @param odd the first line that was not understood, or empty
    public record Read(List<Machine> machines, String odd) {}

    /// Reads MACs, CSV, `arp -a`, `ip neigh` or a router's client list.
    public static Read read(String text) {
        MachineList list = MachineList.parse(text);
        return new Read(list.machines(), list.odd());
    }
}
