package dev.ichor.steps;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

import dev.ichor.cluster.Problem;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.Reversible;
import dev.ichor.nas.ServiceChange;
import dev.ichor.router.Change;

import org.jspecify.annotations.Nullable;

import tools.jackson.core.JacksonException;
import tools.jackson.databind.JavaType;
import tools.jackson.databind.SerializationFeature;
import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.nio.channels.FileChannel;
import java.nio.file.Files;
import java.nio.file.Path;
import java.nio.file.StandardOpenOption;
import java.util.ArrayList;
import java.util.List;

/// What is remembered of a router or a NAS over a crash: its certificate, and every change before
/// it is written, so that it can be undone. Holds no key and no password.
///
/// @param <C> the changes
public final class UndoFile<C extends Reversible<C>> {
    private final Path file;
    private final JavaType content;
    private final String device;
    private final JsonMapper json;

    /// What the file says.
    ///
    /// @param host the device, or null before the first connection
    /// @param certificate the fingerprint of the accepted one
    /// @param written changes in the order in which they were to be written
    public record Content<C>(@Nullable String host, @Nullable String certificate, List<C> written) {
        /// Copies the list.
        public Content {
            written = List.copyOf(written);
        }

        /// The certificate to expect of that device, or null before the first connection.
        public @Nullable String pin(String wanted) {
            return wanted.equals(host) ? certificate : null;
        }
    }

    /// Writes one change to the device.
    @FunctionalInterface
    public interface Writer<C> {
        /// Throws when the device refuses or is away.
        void write(C change) throws IOException, InterruptedException;
    }

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = Change.NetworkBoot.class, name = "network-boot"),
        @JsonSubTypes.Type(value = Change.Trust.class, name = "trusted-dhcp"),
        @JsonSubTypes.Type(value = Change.Reserve.class, name = "fixed-address")
    })
    private interface RouterKinds {}

    @JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
    @JsonSubTypes({
        @JsonSubTypes.Type(value = ServiceChange.Sftp.class, name = "sftp"),
        @JsonSubTypes.Type(value = ServiceChange.TftpService.class, name = "tftp"),
        @JsonSubTypes.Type(value = ServiceChange.Compose.class, name = "compose"),
        @JsonSubTypes.Type(value = ServiceChange.Running.class, name = "running")
    })
    private interface NasKinds {}

    private UndoFile(Path file, Class<C> kind, Class<?> kinds, String device) {
        this.file = file;
        this.device = device;
        this.json =
                JsonMapper.builder()
                        .addMixIn(kind, kinds)
                        .enable(SerializationFeature.INDENT_OUTPUT)
                        .build();
        this.content = json.getTypeFactory().constructParametricType(Content.class, kind);
    }

    /// A router's.
    public static UndoFile<Change> ofRouter(Path file) {
        return new UndoFile<>(file, Change.class, RouterKinds.class, "router");
    }

    /// A NAS's.
    public static UndoFile<ServiceChange> ofNas(Path file) {
        return new UndoFile<>(file, ServiceChange.class, NasKinds.class, "NAS");
    }

    /// What was remembered, or nothing.
    ///
    /// @throws ProblemException when the file is broken; it stays as it is
    public Content<C> read() throws IOException {
        if (Files.notExists(file)) {
            return new Content<>(null, null, List.of());
        }
        try {
            return json.readValue(Files.readString(file), content);
        } catch (JacksonException e) {
            throw new ProblemException(
                    new Problem(
                            file + " cannot be read.",
                            "It was changed, or is from another version.",
                            "It was left as it is; it holds the " + device + "'s old values."),
                    e);
        }
    }

    /// Remembers the device whose certificate was accepted.
    ///
    /// @throws ProblemException when another one's old values are remembered
    public void pin(String host, String certificate) throws IOException {
        Content<C> now = read();
        if (now.host() != null && !now.host().equals(host) && !now.written().isEmpty()) {
            throw new ProblemException(
                    "The old values of another " + device + ", " + now.host() + ", are still kept.",
                    "They would be lost.",
                    "Undo there first, or delete " + file + ".");
        }
        write(new Content<>(host, certificate, now.written()));
    }

    /// Writes changes to the device, all remembered on disk before the first is written.
    ///
    /// @throws ProblemException as the writer; what was written before can be undone
    public void set(Writer<C> to, List<C> changes) throws IOException, InterruptedException {
        Content<C> now = read();
        List<C> all = new ArrayList<>(now.written());
        all.addAll(changes);
        if (!changes.isEmpty()) {
            write(new Content<>(now.host(), now.certificate(), all));
        }
        for (C change : changes) {
            to.write(change);
        }
    }

    /// What undoing would put back, one a line, the last change first.
    public List<String> undoable() throws IOException {
        return read().written().reversed().stream().map(c -> c.undo().difference()).toList();
    }

    /// Puts every old value back, the last change first; what was never written needs nothing.
    ///
    /// @return what was put back
    /// @throws ProblemException as the writer; the rest can be undone later
    public List<C> undo(Writer<C> to) throws IOException, InterruptedException {
        Content<C> now = read();
        List<C> left = new ArrayList<>(now.written());
        List<C> done = new ArrayList<>();
        while (!left.isEmpty()) {
            C back = left.getLast().undo();
            to.write(back);
            done.add(back);
            left.removeLast();
            write(new Content<>(now.host(), now.certificate(), left));
        }
        return done;
    }

    private void write(Content<C> now) throws IOException {
        String text = json.writerFor(content).writeValueAsString(now);
        ClusterFolder.replace(
                file,
                part -> {
                    Files.writeString(part, text + "\n");
                    try (FileChannel disk = FileChannel.open(part, StandardOpenOption.WRITE)) {
                        disk.force(true);
                    }
                });
    }
}
