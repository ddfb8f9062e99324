package dev.ichor.ui;

import dev.ichor.cluster.Draft;
import dev.ichor.cluster.Mac;
import dev.ichor.cluster.MachineAction;
import dev.ichor.cluster.Problem;
import dev.ichor.cluster.Role;
import dev.ichor.cluster.SealReport;
import dev.ichor.steps.Device;
import dev.ichor.steps.PrivateFiles;
import dev.ichor.steps.Router;
import dev.ichor.steps.Step;

import java.io.IOException;
import java.util.Optional;
import java.util.function.Consumer;
import java.util.function.UnaryOperator;

/// What the owner wants of the session. Pages only ever send these.
sealed interface Intent {
    /// Change the draft.
    record Edit(UnaryOperator<Draft> change) implements Intent {}

    /// Begin a step, or begin it again.
    record Start(Step step) implements Intent {}

    /// Stop a step that runs.
    record Cancel(Step step) implements Intent {}

    /// Leave a step out.
    record Skip(Step step) implements Intent {}

    /// Give a machine a role; its other wishes are kept.
    record Assign(Mac mac, Role role) implements Intent {}

    /// Let a machine have its config.
    record Approve(Mac mac) implements Intent {}

    /// Choose the disk of a machine that has shown its own.
    record Install(Mac mac, String disk) implements Intent {}

    /// Let every machine of the plan have its config.
    record ApproveAll() implements Intent {}

    /// Have something done to a machine; for what destroys the owner has typed its name.
    record Order(Mac mac, MachineAction action) implements Intent {}

    /// Switch a machine on.
    record Wake(Mac mac) implements Intent {}

    /// Look whether this PC can serve.
    record CheckPc() implements Intent {}

    /// Have this PC's firewall let us in; the system asks for consent.
    record LetIn() implements Intent {}

    /// Something done with the secret files.
    ///
    /// @param told on the screen's thread: what stood in the way, if anything
    record Keep(Act act, Consumer<Optional<Problem>> told) implements Intent {}

    /// Something done with the services of the cluster's Synology; it may take its time.
    ///
    /// @param told on the screen's thread: what stood in the way, if anything
    record OnNas(DeviceAct act, Consumer<Optional<Problem>> told) implements Intent {}

    /// Ask the NAS what a booting machine asks it.
    ///
    /// @param told on the screen's thread: what stood in the way, if anything
    record TestNas(Consumer<Optional<Problem>> told) implements Intent {}

    /// Copy the machines' configs to the NAS, too.
    ///
    /// @param typed the cluster's name, which confirms it
    /// @param told on the screen's thread: what stood in the way, if anything
    record ConfigsOnNas(String typed, Consumer<Optional<Problem>> told) implements Intent {}

    /// Take the configs off the NAS again.
    ///
    /// @param done on any thread: what was found and removed
    /// @param told on the screen's thread: what stood in the way, if anything
    record Seal(Consumer<SealReport> done, Consumer<Optional<Problem>> told) implements Intent {}

    /// Something done with a UniFi console; it may take its time.
    ///
    /// @param told on the screen's thread: what stood in the way, if anything
    record OnRouter(Router.At at, Router.Ask ask, DeviceAct act, Consumer<Optional<Problem>> told)
            implements Intent {}

    /// What is done with a NAS or a router.
    @FunctionalInterface
    interface DeviceAct {
        void on(Device device) throws IOException, InterruptedException;
    }

    /// What is done with them.
    @FunctionalInterface
    interface Act {
        void on(PrivateFiles files) throws IOException;
    }
}
