package dev.ichor.ui;

import dev.ichor.steps.Owner;
import dev.ichor.steps.Session;

import java.io.IOException;
import java.nio.file.Path;

/// Where the wizard gets its sessions from; the main class knows how to build them.
public interface Fronts {
    /// A session on a pretended network.
    ///
    /// @throws IOException when it cannot be set up
    Session demo(Owner owner) throws IOException;

    /// The session of a cluster folder, which is created when missing.
    ///
    /// @throws dev.ichor.steps.HeldException when another window has it open
    /// @throws IOException when the folder cannot be read or written
    Session open(Path clusterFolder, Owner owner) throws IOException;

    /// A session to look at a cluster that another window has open; it must not be changed.
    ///
    /// @throws IOException when the folder cannot be read
    Session look(Path clusterFolder, Owner owner) throws IOException;

    /// The folder in which cluster folders are made.
    Path clustersHome();

    /// The folder in which the program keeps how its window was left.
    Path settings();
}
