package dev.ichor.nas;

import java.util.ArrayList;
import java.util.List;

/// The folders above a file: mostly all are there, so they are asked for from the deepest up.
final class Parents {
    private Parents() {}

    /// @param path whole, the file's name at its end
    /// @return the folders above it, deepest first; neither the root nor a leading part of it
    static List<String> of(String path, char slash) {
        List<String> all = new ArrayList<>();
        for (int i = path.lastIndexOf(slash); i > 0; i = path.lastIndexOf(slash, i - 1)) {
            all.add(path.substring(0, i));
        }
        return all;
    }

    /// The folder above; `/` and `.` have none but themselves.
    static String parent(String dir) {
        int slash = dir.lastIndexOf('/');
        return slash > 0 ? dir.substring(0, slash) : slash == 0 ? "/" : ".";
    }
}
