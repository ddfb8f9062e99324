package dev.ichor.ui;

import dev.ichor.Wiring;
import dev.ichor.steps.Owner;
import dev.ichor.steps.Session;

import java.io.IOException;
import java.nio.file.Path;

/// The program's own wiring, with its folders inside one of the test's.
record Home(Path folder, Wiring wiring) implements Fronts {
    Home(Path folder) {
        this(folder, new Wiring());
    }

    @Override
    public Session demo(Owner owner) throws IOException {
        return wiring.demo(owner);
    }

    @Override
    public Session open(Path clusterFolder, Owner owner) throws IOException {
        return wiring.open(clusterFolder, owner);
    }

    @Override
    public Session look(Path clusterFolder, Owner owner) throws IOException {
        return wiring.look(clusterFolder, owner);
    }

    @Override
    public Path clustersHome() {
        return folder.resolve("clusters");
    }

    @Override
    public Path settings() {
        return folder.resolve("settings");
    }
}
