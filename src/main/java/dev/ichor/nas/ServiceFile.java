package dev.ichor.nas;

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

/// What is remembered of a Synology over a crash: its certificate, and every change before it is
/// written, so that it can be undone. Holds no password.
///
/// @param file where it is kept, as JSON
public record ServiceFile(Path file) {
    private static final JsonMapper JSON =
            JsonMapper.builder()
                    .addMixIn(ServiceChange.class, Kind.class)
                    .enable(SerializationFeature.INDENT_OUTPUT)
                    .build();

    /// What the file says.
    ///
    /// @param host the NAS, or null before the first connection
    /// @param certificate the accepted one, `SHA256:…`
    /// @param written changes in the order in which they were to be written
    public record Content(
            @Nullable String host, @Nullable String certificate, List<ServiceChange> written) {
        /// Copies the list.
        public Content {
            written = List.copyOf(written);
        }

        /// The certificate to expect of that NAS, or null before the first connection.
        public @Nullable String pin(String nas) {
            return nas.equals(host) ? certificate : null;
        }
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ServiceChange.Sftp.class, name = "sftp"),
        @JsonSubTypes.Type(value = ServiceChange.TftpService.class, name = "tftp"),
        @JsonSubTypes.Type(value = ServiceChange.Compose.class, name = "compose"),
        @JsonSubTypes.Type(value = ServiceChange.Running.class, name = "running")
    })
    private interface Kind {}

    /// What was remembered, or nothing.
    ///
    /// @throws ProblemException when the file is broken; it stays as it is
    public Content read() throws IOException {
        if (Files.notExists(file)) {
            return new Content(null, null, List.of());
        }
        try {
            return JSON.readValue(Files.readString(file), Content.class);
        } catch (JacksonException e) {
            throw new ProblemException(
                    new Problem(
                            file + " cannot be read.",
                            "It was changed, or is from another version.",
                            "It was left as it is; it holds the NAS's old values."),
                    e);
        }
    }

    /// Remembers the NAS whose certificate was accepted.
    ///
    /// @throws ProblemException when another NAS's old values are remembered
    public void pin(String host, String certificate) throws IOException {
        Content now = read();
        if (now.host() != null && !now.host().equals(host) && !now.written().isEmpty()) {
            throw new ProblemException(
                    "The old values of another NAS, " + now.host() + ", are still kept.",
                    "They would be lost.",
                    "Undo there first, or delete " + file + ".");
        }
        write(new Content(host, certificate, now.written()));
    }

    /// Writes changes to the NAS, all remembered on disk before the first is written.
    ///
    /// @throws ProblemException as [Synology#write]; what was written before can be undone
    public void set(Synology nas, List<ServiceChange> changes) throws IOException {
        Content now = read();
        List<ServiceChange> all = new ArrayList<>(now.written());
        all.addAll(changes);
        if (!changes.isEmpty()) {
            write(new Content(now.host(), now.certificate(), all));
        }
        for (ServiceChange change : changes) {
            nas.write(change);
        }
    }

    /// Puts every old value back, the last change first; what was never written needs nothing.
    ///
    /// @return what was put back
    /// @throws ProblemException as [Synology#write]; the rest can be undone later
    public List<ServiceChange> undo(Synology nas) throws IOException {
        Content now = read();
        List<ServiceChange> left = new ArrayList<>(now.written());
        List<ServiceChange> done = new ArrayList<>();
        while (!left.isEmpty()) {
            ServiceChange back = left.getLast().undo();
            nas.write(back);
            done.add(back);
            left.removeLast();
            write(new Content(now.host(), now.certificate(), left));
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
