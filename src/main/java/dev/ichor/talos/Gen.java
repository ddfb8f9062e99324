package dev.ichor.talos;

import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.Path;
import java.security.SecureRandom;
import java.time.InstantSource;
import java.util.LinkedHashMap;
import java.util.List;
import java.util.Map;

/// What `ichor gen` does, in talosctl's own file names: `controlplane.yaml`, `worker.yaml`,
/// `talosconfig`, a file for each machine and, when they are fresh, `secrets.yaml`, each for its
/// owner's eyes only.
///
/// @param clock when the certificates begin
/// @param random where keys come from
public record Gen(InstantSource clock, SecureRandom random) {
    private static final String SECRETS = "secrets.yaml";

    /// A machine with a config of its own.
    ///
    /// @param name its host name and its file's
    /// @param patches after those of its role
    public record OwnFile(String name, Role role, List<Patch> patches) {}

    /// What to write.
    ///
    /// @param patches what to change in the configs
    /// @param machines which machines get a config of their own
    /// @param endpoints addresses of control planes for talosctl; may be empty
    /// @param nodes machines that talosctl means when none are named; may be empty
    public record Order(
            GenInput input,
            Patches patches,
            List<OwnFile> machines,
            List<String> endpoints,
            List<String> nodes) {}

    /// Writes the files made of secrets that are kept elsewhere.
    ///
    /// @param force whether files that are there are replaced
    /// @return the files written
    /// @throws ProblemException naming a file that exists already or a patch that does not fit;
    ///   nothing was written then
    /// @throws IOException when a file cannot be written
    public List<Path> write(Path folder, Order order, Secrets secrets, boolean force)
            throws IOException {
        return writeAll(folder, texts(order, secrets), force);
    }

    /// Writes the files and the secrets they are made of, which are never replaced.
    ///
    /// @param force whether files that are there are replaced
    /// @return the files written
    /// @throws ProblemException naming a file that exists already or a patch that does not fit;
    ///   nothing was written then
    /// @throws IOException when a file cannot be written
    public List<Path> writeFresh(Path folder, Order order, boolean force) throws IOException {
        Path file = folder.resolve(SECRETS);
        if (Files.exists(file)) {
            throw new ProblemException(
                    file + " exists already.",
                    "Whoever replaces a cluster's secrets loses the cluster.",
                    "Say --with-secrets " + file + " to use them, or choose another folder.");
        }
        Secrets secrets = Secrets.create(clock, random);
        Map<String, String> texts = texts(order, secrets);
        texts.put(SECRETS, SecretsFile.yaml(secrets));
        return writeAll(folder, texts, force);
    }

    private Map<String, String> texts(Order order, Secrets secrets) throws ProblemException {
        GenInput input = order.input();
        Map<String, String> texts = new LinkedHashMap<>();
        for (Role role : List.of(Role.CONTROL_PLANE, Role.WORKER)) {
            String base = MachineConfigs.base(input, secrets, role);
            texts.put(role.talosType() + ".yaml", order.patches().on(base, role, List.of()));
        }
        TalosConfig config =
                TalosConfig.create(input.clusterName(), order.endpoints(), secrets, clock, random);
        texts.put("talosconfig", config.meaning(order.nodes()).yaml());
        for (OwnFile m : order.machines()) {
            String own = MachineConfigs.named(input, secrets, m.role(), m.name());
            texts.put(m.name() + ".yaml", order.patches().on(own, m.role(), m.patches()));
        }
        return texts;
    }

    private static List<Path> writeAll(Path folder, Map<String, String> texts, boolean force)
            throws IOException {
        Map<Path, String> files = new LinkedHashMap<>();
        texts.forEach((name, text) -> files.put(folder.resolve(name), text));
        for (Path file : files.keySet()) {
            if (!force && Files.exists(file)) {
                throw OwnerOnly.exists(file);
            }
        }
        OwnerOnly.folder(folder);
        OwnerOnly.replaceAll(files);
        return List.copyOf(files.keySet());
    }
}
