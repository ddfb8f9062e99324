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
/// `talosconfig` and, when they are fresh, `secrets.yaml`, each for its owner's eyes only.
///
/// @param clock when the certificates begin
/// @param random where keys come from
public record Gen(InstantSource clock, SecureRandom random) {

    /// Writes the three files made of secrets that are kept elsewhere.
    ///
    /// @param endpoints addresses of control planes for talosctl; may be empty
    /// @return the files written
    /// @throws ProblemException naming a file that exists already; nothing was written then
    /// @throws IOException when a file cannot be written
    public List<Path> write(Path folder, GenInput input, Secrets secrets, List<String> endpoints)
            throws IOException {
        return writeAll(folder, texts(input, secrets, endpoints));
    }

    /// Writes the three files and the secrets they are made of.
    ///
    /// @param endpoints addresses of control planes for talosctl; may be empty
    /// @return the files written
    /// @throws ProblemException naming a file that exists already; nothing was written then
    /// @throws IOException when a file cannot be written
    public List<Path> writeFresh(Path folder, GenInput input, List<String> endpoints)
            throws IOException {
        Secrets secrets = Secrets.create(clock, random);
        Map<String, String> texts = texts(input, secrets, endpoints);
        texts.put("secrets.yaml", SecretsFile.yaml(secrets));
        return writeAll(folder, texts);
    }

    private Map<String, String> texts(GenInput input, Secrets secrets, List<String> endpoints) {
        Map<String, String> texts = new LinkedHashMap<>();
        texts.put("controlplane.yaml", MachineConfigs.base(input, secrets, Role.CONTROL_PLANE));
        texts.put("worker.yaml", MachineConfigs.base(input, secrets, Role.WORKER));
        texts.put(
                "talosconfig",
                TalosConfig.create(input.clusterName(), endpoints, secrets, clock, random).yaml());
        return texts;
    }

    private static List<Path> writeAll(Path folder, Map<String, String> texts) throws IOException {
        List<Path> files = texts.keySet().stream().map(folder::resolve).toList();
        for (Path file : files) {
            if (Files.exists(file)) {
                throw OwnerOnly.exists(file);
            }
        }
        OwnerOnly.folder(folder);
        for (Map.Entry<String, String> e : texts.entrySet()) {
            OwnerOnly.write(folder.resolve(e.getKey()), e.getValue());
        }
        return files;
    }
}
