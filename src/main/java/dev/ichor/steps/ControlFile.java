package dev.ichor.steps;

import dev.ichor.cluster.ProblemException;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JsonNode;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.file.Files;
import java.nio.file.NoSuchFileException;

/// `private/control.json`: how another command reaches the running server of a cluster. Owner-only.
///
/// @param port TCP port on 127.0.0.1
/// @param token what to show it
public record ControlFile(int port, String token) {
    private static final JsonMapper JSON = new JsonMapper();

    void write(ClusterFolder folder) throws IOException {
        ClusterFolder.writeSecret(
                folder.control(),
                JSON.writeValueAsString(
                        JSON.createObjectNode().put("port", port).put("token", token)));
    }

    static void remove(ClusterFolder folder) throws IOException {
        Files.deleteIfExists(folder.control());
    }

    /// How to reach the server of this cluster.
    ///
    /// @throws ProblemException when none is running
    public static ControlFile read(ClusterFolder folder) throws IOException {
        try {
            JsonNode n = JSON.readTree(Files.readString(folder.control()));
            return new ControlFile(n.path("port").asInt(0), n.path("token").asString(""));
        } catch (NoSuchFileException | JacksonException e) {
            throw new ProblemException(
                    new dev.ichor.cluster.Problem(
                            "No boot server is running for " + folder.root() + ".",
                            "",
                            "Start it with: ichor serve " + folder.root()),
                    e);
        }
    }

    @Override
    public String toString() {
        return "control port " + port;
    }
}
