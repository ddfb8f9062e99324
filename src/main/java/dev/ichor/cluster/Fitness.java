package dev.ichor.cluster;

import java.util.Optional;

/// Whether a machine can run Talos, as far as it told (Talos' system requirements: 2 GiB for a
/// control plane, 1 GiB for a worker, x86-64-v2).
final class Fitness {
    /// Firmware and graphics keep some for themselves, so that 2 GiB show as less.
    private static final int CONTROL_PLANE_MIB = 1700;

    private static final int WORKER_MIB = 850;

    private Fitness() {}

    /// @param name what the owner calls it
    static Optional<Problem> of(Hardware h, Role role, String name) {
        if (h.cpu() == Hardware.Cpu.V1) {
            return Optional.of(
                    new Problem(
                            "The processor of " + name + " is too old for Talos.",
                            "It is x86-64-v1; Talos needs x86-64-v2 (SSE4.2, POPCNT).",
                            "Take another machine. No setting helps."));
        }
        int needed = role == Role.CONTROL_PLANE ? CONTROL_PLANE_MIB : WORKER_MIB;
        if (h.memoryMiB() == 0 || h.memoryMiB() >= needed) {
            return Optional.empty();
        }
        boolean worker = role == Role.CONTROL_PLANE && h.memoryMiB() >= WORKER_MIB;
        return Optional.of(
                new Problem(
                        name + " has too little memory.",
                        "It has %d MiB; a %s needs %d GiB."
                                .formatted(
                                        h.memoryMiB(),
                                        role == Role.CONTROL_PLANE ? "control plane" : "worker",
                                        role == Role.CONTROL_PLANE ? 2 : 1),
                        worker ? "Make it a worker." : "Put more memory in, or leave it out."));
    }
}
