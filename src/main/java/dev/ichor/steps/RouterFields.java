package dev.ichor.steps;

import dev.ichor.cluster.BootMode;
import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Firmware;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.ProblemException;
import dev.ichor.router.Change;
import dev.ichor.router.Recipes;
import dev.ichor.router.RouterText;

import java.util.List;
import java.util.Optional;
import java.util.Set;
import java.util.stream.Collectors;

/// What the router has to name for a draft's machines to boot.
///
/// @param server address of the boot server
/// @param file its boot file
public record RouterFields(String server, String file) {
    /// The fields; none in the modes in which nothing is entered, or while they are not known.
    ///
    /// @param pc this PC's address
    public static Optional<RouterFields> of(Draft draft, Ip4 pc) {
        try {
            return switch (draft.mode()) {
                case PROXY, UEFI_HTTP, NAS_PROXY, OWN_DHCP -> Optional.empty();
                case ROUTER_TO_PC, ROUTER_TO_NAS -> Optional.of(needed(draft, pc));
            };
        } catch (ProblemException e) {
            return Optional.empty();
        }
    }

    /// The fields of a mode that has some.
    ///
    /// @throws ProblemException while the NAS is not known, or one file cannot serve the machines
    static RouterFields needed(Draft draft, Ip4 pc) throws ProblemException {
        return draft.mode() == BootMode.ROUTER_TO_PC
                ? new RouterFields(pc.toString(), RouterText.PC_FILE)
                : new RouterFields(nas(draft).toString(), RouterText.nasFile(firmware(draft)));
    }

    /// Plain sentences for the draft's boot mode, in the order of doing.
    public static List<String> sentences(Draft draft, Ip4 pc) {
        return draft.mode() == BootMode.ROUTER_TO_NAS && known(draft).equals(Ip4.NONE)
                ? List.of(
                        "The NAS has to be known first: name it in step 6, its boot server by"
                                + " address. What to enter in the router then stands here and"
                                + " there.")
                : RouterText.of(draft.mode(), pc, known(draft), firmware(draft));
    }

    /// How the fields are called in the routers people have: `ROUTER: what to do`, one a line.
    public List<String> recipes() {
        return Recipes.of(change());
    }

    Change.Boot change() {
        return new Change.Boot(true, server, file);
    }

    /// The NAS's address.
    ///
    /// @throws ProblemException while it is not known
    static Ip4 nas(Draft draft) throws ProblemException {
        if (known(draft).equals(Ip4.NONE)) {
            throw new ProblemException(
                    "The NAS's address is not known.",
                    "In this boot mode the machines have to be told where it is.",
                    "Name it in step 6, its boot server by address: http://ADDRESS:8080.");
        }
        return known(draft);
    }

    private static Ip4 known(Draft draft) {
        NasTarget nas = draft.nas();
        return nas == null ? Ip4.NONE : nas.address();
    }

    private static Set<Firmware> firmware(Draft draft) {
        return draft.wishes().keySet().stream()
                .map(mac -> draft.machine(mac).firmware())
                .collect(Collectors.toSet());
    }
}
