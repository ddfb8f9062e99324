package dev.ichor.steps;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Life;
import dev.ichor.cluster.RouterReport;

import org.jspecify.annotations.Nullable;

/// The boot mode that fits best, from the lives of the machines, the NAS and the router.
///
/// @param reason one sentence for the owner
public record BootAdvice(BootMode mode, String reason) {
    /// @param router what the router says, or null before it was asked
    public static BootAdvice of(Draft draft, @Nullable RouterReport router) {
        boolean always =
                draft.wishes().values().stream().anyMatch(w -> w.life() == Life.ALWAYS_NETBOOT);
        if (always && draft.nas() != null) {
            return onNas(draft);
        }
        return router != null && !router.good() && router.advised() == BootMode.ROUTER_TO_PC
                ? new BootAdvice(
                        BootMode.ROUTER_TO_PC,
                        "The router names a boot server, and machines obey it: let it name this"
                                + " PC.")
                : new BootAdvice(
                        BootMode.PROXY, "Nothing has to be set. A NAS can take over later.");
    }

    /// Which NAS mode fits: for one kind of machine the router's one boot file will do.
    public static BootAdvice onNas(Draft draft) {
        boolean oneFile =
                RouterFields.of(draft.booting(BootMode.ROUTER_TO_NAS), Ip4.NONE).isPresent();
        return oneFile
                ? new BootAdvice(
                        BootMode.ROUTER_TO_NAS,
                        "Machines that always start from the network need a boot server that is"
                                + " always on: the NAS, which the router points them to.")
                : new BootAdvice(
                        BootMode.NAS_PROXY,
                        "Machines that always start from the network need a boot server that is"
                                + " always on: the NAS. They are of several kinds, which one boot"
                                + " file in the router cannot serve.");
    }
}
