package dev.ichor.talos;

import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Role;

import java.io.IOException;
import java.nio.charset.CharacterCodingException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;
import java.nio.file.Path;
import java.util.ArrayList;
import java.util.List;

/// Patches for configs, first those for all, then those of the role.
///
/// @param all for every config
/// @param controlPlane for control planes
/// @param worker for workers
public record Patches(List<Patch> all, List<Patch> controlPlane, List<Patch> worker) {
    /// None.
    public static final Patches NONE = new Patches(List.of(), List.of(), List.of());

    /// Copies the lists.
    public Patches {
        all = List.copyOf(all);
        controlPlane = List.copyOf(controlPlane);
        worker = List.copyOf(worker);
    }

    /// Reads patches as `talosctl` takes them: `@FILE`, `FILE`, or the text itself.
    ///
    /// @throws ProblemException naming what cannot be read, with its line
    public static List<Patch> load(List<String> arguments) throws ProblemException {
        List<Patch> all = new ArrayList<>();
        for (String argument : arguments) {
            boolean inline =
                    argument.indexOf('\n') >= 0
                            || argument.indexOf(' ') >= 0
                            || argument.startsWith("[")
                            || argument.startsWith("{");
            if (argument.startsWith("@") || !inline) {
                Path file = Path.of(argument.startsWith("@") ? argument.substring(1) : argument);
                all.add(Patch.parse(read(file), file.toString()));
            } else {
                all.add(Patch.parse(argument, "on the command line"));
            }
        }
        return all;
    }

    private static String read(Path file) throws ProblemException {
        try {
            return Files.readString(file);
        } catch (IOException e) {
            throw new ProblemException(
                    "The patch " + file + " cannot be read.",
                    switch (e) {
                        case NoSuchFileException _ -> "There is no such file.";
                        case CharacterCodingException _ -> "It is not text (UTF-8).";
                        default -> "The system says: " + e.getMessage() + ".";
                    },
                    "Name a file with a patch, or write the patch itself.");
        }
    }

    /// A config with the patches that are meant for its role.
    ///
    /// @throws ProblemException when one does not fit
    String on(String config, Role role, List<Patch> own) throws ProblemException {
        List<Patch> patches = new ArrayList<>(all);
        patches.addAll(role == Role.WORKER ? worker : controlPlane);
        patches.addAll(own);
        return Patch.apply(config, patches);
    }
}
