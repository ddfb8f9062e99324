package dev.ichor.cluster;

import java.util.List;

/// What the DHCP servers on the LAN tell a machine that asks for a network boot.
///
/// @param answers one for each server and kind of client that answered
/// @param verdict one sentence for the owner
/// @param advised the boot mode that fits
/// @param good whether that mode can be used as things are
public record RouterReport(List<Answer> answers, String verdict, BootMode advised, boolean good) {
    /// One answer.
    ///
    /// @param server who answered (option 54)
    /// @param offered address it would give, or 0.0.0.0
    /// @param next boot server it names (`siaddr`), or 0.0.0.0
    /// @param file boot file it names, or empty
    public record Answer(Ip4 server, Ip4 offered, Ip4 next, String file) {}

    /// Copies the list.
    public RouterReport {
        answers = List.copyOf(answers);
    }
}
