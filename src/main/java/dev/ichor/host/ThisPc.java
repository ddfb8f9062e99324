package dev.ichor.host;

import dev.ichor.cluster.PcNetwork;
import dev.ichor.cluster.PortOwner;

import java.io.File;
import java.io.IOException;
import java.util.List;

/// What only this PC's system can tell.
public interface ThisPc {
    /// A PC that tells nothing, with nothing in the way.
    ThisPc QUIET =
            new ThisPc() {
                @Override
                public List<PortOwner> listeners() {
                    return List.of();
                }

                @Override
                public PcNetwork network() {
                    return PcNetwork.OPEN;
                }

                @Override
                public void letIn() {}
            };

    /// Who listens, on which port.
    ///
    /// @throws IOException when the system does not tell
    List<PortOwner> listeners() throws IOException;

    /// Its ways out and its firewall.
    ///
    /// @throws IOException when the system does not tell
    PcNetwork network() throws IOException;

    /// Has the firewall let this program in, once the owner has agreed; the system asks for an
    /// administrator's consent.
    ///
    /// @throws IOException when it was not done, in words of [dev.ichor.cluster.ProblemException]
    void letIn() throws IOException, InterruptedException;

    /// The system this runs on.
    static ThisPc system() {
        return File.separatorChar == '\\' ? new WindowsPc() : new LinuxPc();
    }
}
