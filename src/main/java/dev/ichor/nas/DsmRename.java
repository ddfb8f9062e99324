package dev.ichor.nas;

import tools.jackson.databind.JsonNode;

import java.io.IOException;
import java.util.List;
import java.util.Map;

/// Names of files in File Station; each call gives DSM's error, 0 for none.
record DsmRename(DsmWeb web) {
    private static final String OLD = ".old";
    private static final int TAKEN = 414;
    private static final int FAILED = 1200;

    /// File Station refuses a name that is taken, so an old file is set aside first and goes last.
    int over(String from, String to) throws IOException {
        int error = rename(from, to);
        if (error != TAKEN && error != FAILED) {
            return error;
        }
        delete(to + OLD);
        boolean aside = rename(to, to + OLD) == 0;
        error = rename(from, to);
        if (error != 0 && aside) {
            rename(to + OLD, to);
        } else {
            delete(to + OLD);
        }
        return error;
    }

    int delete(String path) throws IOException {
        return error("SYNO.FileStation.Delete", "delete", Map.of("path", List.of(path)));
    }

    /// Within its folder; into another one it is moved under its old name first.
    private int rename(String from, String to) throws IOException {
        String now = from;
        if (!above(from).equals(above(to))) {
            int error = move(from, above(to));
            if (error != 0) {
                return error;
            }
            now = above(to) + "/" + name(from);
        }
        return now.equals(to)
                ? 0
                : error(
                        "SYNO.FileStation.Rename",
                        "rename",
                        Map.of("path", List.of(now), "name", List.of(name(to))));
    }

    /// File Station moves in the background; asked until it is done.
    private int move(String from, String folder) throws IOException {
        JsonNode begun =
                web.asked(
                        "SYNO.FileStation.CopyMove",
                        "start",
                        Map.of(
                                "path",
                                List.of(from),
                                "dest_folder_path",
                                folder,
                                "overwrite",
                                true,
                                "remove_src",
                                true));
        Map<String, Object> task = Map.of("taskid", begun.path("data").path("taskid").asString(""));
        while (DsmWeb.error(begun) == 0) {
            JsonNode now = web.asked("SYNO.FileStation.CopyMove", "status", task);
            if (DsmWeb.error(now) != 0 || now.path("data").path("finished").asBoolean(false)) {
                return DsmWeb.error(now);
            }
        }
        return DsmWeb.error(begun);
    }

    private int error(String api, String method, Map<String, Object> fields) throws IOException {
        return DsmWeb.error(web.asked(api, method, fields));
    }

    private static String above(String path) {
        return path.substring(0, path.lastIndexOf('/'));
    }

    private static String name(String path) {
        return path.substring(path.lastIndexOf('/') + 1);
    }
}
