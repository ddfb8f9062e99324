package dev.ichor.router;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardCopyOption;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What is remembered of a router over a crash: its certificate, and every change before it is
/// written, so that it can be undone. Holds no key and no password.
///
/// @param file where it is kept, as JSON
public record RouterFile(Path file) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addMixIn(Change.class, Kind.class)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    /// What the file says.
    ///
    /// @param console the console and its certificate, or null before the first connection
    /// @param written changes in the order in which they were to be written
    public record Content(@Nullable Console console, List<Change> written) {
        /// Copies the list.
        public Content {
            written = List.copyOf(written);
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Change.NetworkBoot.class, name = "network-boot"),
        @JsonSubTypes.Type(value = Change.Trust.class, name = "trusted-dhcp"),
        @JsonSubTypes.Type(value = Change.Reserve.class, name = "fixed-address")
    })
    private interface Kind {}

    /// What was remembered, or nothing.
    ///
    /// @throws ProblemException when the file is broken; it stays as it is
    public Content read() throws IOException {
        if (Files.notExists(file)) {
            return new Content(null, List.of());
        }
        try {
            return JSON.readValue(Files.readString(file), Content.class);
        } catch (JacksonException e) {
            throw new ProblemException(
                    new Problem(
                            file + " cannot be read.",
                            "It was changed, or is from another version.",
                            "It was left as it is; it holds the router's old values."),
                    e);
        }
    }

    /// Remembers the console whose certificate was accepted.
    public void pin(Console console) throws IOException {
        write(new Content(console, read().written()));
    }

    /// Writes changes to the router, each remembered on disk before it is written.
    ///
    /// @throws ProblemException as [UniFi#write]; what was written before can be undone
    public void set(UniFi router, List<Change> changes) throws IOException, InterruptedException {
        Content now = read();
        List<Change> all = new ArrayList<>(now.written());
        all.addAll(changes);
        if (!changes.isEmpty()) {
            write(new Content(now.console(), all));
        }
        for (Change change : changes) {
            router.write(change);
        }
    }

    /// Puts every old value back, the last change first; what was never written needs nothing.
    ///
    /// @return what was put back
    /// @throws ProblemException as [UniFi#write]; the rest can be undone later
    public List<Change> undo(UniFi router) throws IOException, InterruptedException {
        Content now = read();
        List<Change> left = new ArrayList<>(now.written());
        List<Change> done = new ArrayList<>();
        while (!left.isEmpty()) {
            Change back = left.getLast().undo();
            router.write(back);
            done.add(back);
            left.removeLast();
            write(new Content(now.console(), left));
        }
        return done;
    }

    private void write(Content content) throws IOException {
        Path part = file.resolveSibling(file.getFileName() + ".part");
        Files.writeString(part, JSON.writeValueAsString(content) + "\n");
        try (FileChannel disk = FileChannel.open(part, StandardOpenOption.WRITE)) {
            disk.force(true);
        }
        Files.move(part, file, StandardCopyOption.ATOMIC_MOVE, StandardCopyOption.REPLACE_EXISTING);
    }
}
