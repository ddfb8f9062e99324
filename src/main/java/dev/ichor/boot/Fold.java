package dev.ichor.boot;

import dev.ichor.cluster.Hardware;

/// What one event changes in one machine's row.
final class Fold {
    private static final String CHOOSE = "Choose the disk that Talos is installed on.";

    private static final String FOREIGN = "It belongs to another cluster. Wipe it and start over.";

    private Fold() {}

    static MachineProgress after(MachineProgress m, BootEvent event) {
        return switch (event) {
            case BootEvent.Heard e -> heard(m, e);
            case BootEvent.Inspected e ->
                    e.hardware().cpu() == Hardware.Cpu.V1
                            ? m.trouble("Its processor is too old for Talos (x86-64-v1).", e.at())
                            : m.seen(e.at());
            case BootEvent.Offered e -> m.reach(Stage.OFFERED, e.at());
            case BootEvent.Leased e -> m.at(e.ip(), e.at());
            case BootEvent.TransferStarted e ->
                    m.at(e.ip(), e.at())
                            .reach(e.kind().stage(), e.at())
                            .fetching(e.file(), 0, e.bytes(), e.at());
            case BootEvent.TransferProgress e -> m.fetching(e.file(), e.done(), e.of(), e.at());
            case BootEvent.TransferDone e ->
                    m.at(e.ip(), e.at())
                            .reach(e.kind().stage(), e.at())
                            .fetching(e.file(), e.bytes(), e.bytes(), e.at());
            case BootEvent.TransferFailed e -> m.trouble(e.file() + ": " + e.reason(), e.at());
            case BootEvent.WaitingForApproval e -> m.reach(Stage.SCRIPT, e.at()).approve(false);
            case BootEvent.Held e ->
                    m.reach(Stage.SCRIPT, e.at()).approve(false).trouble(e.reason(), e.at());
            case BootEvent.ConfigAsked e -> m.at(e.ip(), e.at()).reach(Stage.CONFIG_ASKED, e.at());
            case BootEvent.Approved e -> approved(m, e);
            case BootEvent.ConfigServed e -> m.reach(Stage.CONFIG, e.at());
            case BootEvent.PartServed e -> m.at(e.ip(), e.at()).reach(Stage.CONFIG_ASKED, e.at());
            case BootEvent.ConfigRefused e -> m.trouble(e.reason(), e.at());
            case BootEvent.NodeSaid e ->
                    e.stage() == null ? m.seen(e.at()) : m.reach(e.stage(), e.at());
            case BootEvent.Maintenance e -> m.at(e.ip(), e.at()).reach(Stage.CONFIG_ASKED, e.at());
            case BootEvent.ForeignCluster e -> m.at(e.ip(), e.at()).trouble(FOREIGN, e.at());
            case BootEvent.DisksSeen e -> m.trouble(CHOOSE, e.at());
            case BootEvent.ConfigPushed e ->
                    m.at(e.ip(), e.at()).reach(Stage.CONFIG, e.at()).trouble("", e.at());
            case BootEvent.NodeTrouble e -> m.trouble(e.what(), e.at());
            case BootEvent.ApiAnswered e -> m.reach(Stage.TALOS_API, e.at());
            case BootEvent.NodeService e ->
                    e.service().equals("etcd") && e.healthy()
                            ? m.reach(Stage.ETCD, e.at())
                            : m.seen(e.at());
            case BootEvent.LoaderChanged _,
                    BootEvent.ScriptGiven _,
                    BootEvent.Installed _,
                    BootEvent.ActionChanged _,
                    BootEvent.Bootstrapped _ ->
                    m.seen(event.at());
            case BootEvent.KubernetesNode e ->
                    e.ready() ? m.reach(Stage.READY, e.at()) : m.seen(e.at());
            case BootEvent.WakeSent _,
                    BootEvent.OtherServer _,
                    BootEvent.ServiceUp _,
                    BootEvent.ServiceDown _,
                    BootEvent.GateChanged _,
                    BootEvent.Stray _ ->
                    m;
        };
    }

    /// A firmware's DISCOVER begins a boot. Firmware and iPXE repeat it, and iPXE asks once more
    /// for itself, so only a machine that is clearly past that begins again.
    private static MachineProgress heard(MachineProgress m, BootEvent.Heard e) {
        if (!e.pxe()) {
            return m.stage() == Stage.WAITING ? m : m.seen(e.at());
        }
        if (m.stage() != Stage.WAITING && e.at().isBefore(m.since())) {
            return m.reach(Stage.DISCOVERED, e.at()); // told late
        }
        Stage past = e.ipxe() ? Stage.KERNEL : Stage.LOADER;
        return m.stage() == Stage.WAITING || m.stage().compareTo(past) >= 0
                ? m.restart(e.at())
                : m.seen(e.at());
    }

    private static MachineProgress approved(MachineProgress m, BootEvent.Approved e) {
        MachineProgress yes = m.seen(e.at()).approve(true);
        return m.stage() == Stage.CONFIG_ASKED ? yes.reach(Stage.APPROVED, e.at()) : yes;
    }
}
