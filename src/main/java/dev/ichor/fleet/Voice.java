package dev.ichor.fleet;

import com.google.protobuf.Any;
import com.google.protobuf.MessageLite;

import dev.ichor.talos.api.proto.EventRequest;
import dev.ichor.talos.api.proto.EventSinkServiceGrpc;
import dev.ichor.talos.api.proto.MachineStatusEvent;
import dev.ichor.talos.api.proto.PhaseEvent;
import dev.ichor.talos.api.proto.SequenceEvent;

import io.grpc.ManagedChannel;
import io.grpc.StatusRuntimeException;
import io.grpc.netty.NettyChannelBuilder;

import org.jspecify.annotations.Nullable;

import tools.jackson.databind.json.JsonMapper;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.net.SocketAddress;
import java.net.URI;
import java.nio.charset.StandardCharsets;
import java.time.Duration;
import java.util.Optional;
import java.util.regex.Matcher;
import java.util.regex.Pattern;

/// What a pretended machine sends of itself while it installs: its kernel log over TCP and its
/// events, to where its kernel arguments say, from its own address. Nobody listening is no reason
/// to stop.
final class Voice implements AutoCloseable {
    private static final JsonMapper JSON = JsonMapper.shared();
    private static final Duration PATIENCE = Duration.ofSeconds(2);
    private static final Pattern ARGUMENT =
            Pattern.compile("(?:^|\\s)(talos\\.(?:logging\\.kernel|events\\.sink))=(\\S+)");

    private @Nullable Socket log;
    private @Nullable ManagedChannel events;
    private int sequence;

    private Voice(@Nullable Socket log, @Nullable ManagedChannel events) {
        this.log = log;
        this.events = events;
    }

    static Voice of(Hardware hardware, String commandLine) {
        return new Voice(
                argument(commandLine, "talos.logging.kernel")
                        .map(url -> connected(hardware, URI.create(url)))
                        .orElse(null),
                argument(commandLine, "talos.events.sink")
                        .map(at -> channel(hardware, URI.create("tcp://" + at)))
                        .orElse(null));
    }

    private static Optional<String> argument(String commandLine, String name) {
        Matcher m = ARGUMENT.matcher(commandLine);
        while (m.find()) {
            if (m.group(1).equals(name)) {
                return Optional.of(m.group(2));
            }
        }
        return Optional.empty();
    }

    private static @Nullable Socket connected(Hardware hardware, URI to) {
        Socket socket = new Socket();
        try {
            socket.bind(new InetSocketAddress(hardware.ip().inet(), 0));
            socket.connect(
                    new InetSocketAddress(to.getHost(), to.getPort()), (int) PATIENCE.toMillis());
            return socket;
        } catch (IOException e) {
            return null;
        }
    }

    private static ManagedChannel channel(Hardware hardware, URI to) {
        SocketAddress own = new InetSocketAddress(hardware.ip().inet(), 0);
        return NettyChannelBuilder.forAddress(new InetSocketAddress(to.getHost(), to.getPort()))
                .usePlaintext()
                .localSocketPicker(
                        new NettyChannelBuilder.LocalSocketPicker() {
                            @Override
                            public SocketAddress createSocketAddress(
                                    SocketAddress remote, io.grpc.Attributes attributes) {
                                return own;
                            }
                        })
                .build();
    }

    /// It is in the phase, which begins now.
    void phase(String sequenceName, String phase) {
        says(sequenceName + " sequence: 8 phase(s)");
        says("phase " + phase + " (1/8): 1 tasks(s)");
        send(
                "PhaseEvent",
                PhaseEvent.newBuilder().setPhase(phase).setAction(PhaseEvent.Action.START).build());
    }

    /// A line of Talos' own.
    void says(String text) {
        line("[talos] " + text);
    }

    /// Its sequence broke off.
    void fails(String sequenceName, String why) {
        send(
                "SequenceEvent",
                SequenceEvent.newBuilder()
                        .setSequence(sequenceName)
                        .setAction(SequenceEvent.Action.STOP)
                        .setError(dev.ichor.talos.api.proto.Error.newBuilder().setMessage(why))
                        .build());
    }

    /// It is in another stage.
    void stage(MachineStatusEvent.Stage stage) {
        send("MachineStatusEvent", MachineStatusEvent.newBuilder().setStage(stage).build());
    }

    private void line(String text) {
        if (log == null) {
            return;
        }
        sequence++;
        String json =
                JSON.writeValueAsString(
                        JSON.createObjectNode()
                                .put("msg", text + "\n")
                                .put("talos-level", "warn")
                                .put("facility", "user")
                                .put("priority", "warning")
                                .put("seq", sequence));
        try {
            log.getOutputStream().write((json + "\n").getBytes(StandardCharsets.UTF_8));
        } catch (IOException e) {
            log = null; // nobody listens any more
        }
    }

    private void send(String type, MessageLite event) {
        if (events == null) {
            return;
        }
        Any any =
                Any.newBuilder()
                        .setTypeUrl("type.googleapis.com/machine." + type)
                        .setValue(event.toByteString())
                        .build();
        try {
            EventSinkServiceGrpc.newBlockingStub(events)
                    .withDeadlineAfter(PATIENCE)
                    .publish(EventRequest.newBuilder().setData(any).build());
        } catch (StatusRuntimeException e) {
            events.shutdownNow();
            events = null;
        }
    }

    @Override
    public void close() throws IOException {
        if (log != null) {
            log.close();
        }
        if (events != null) {
            events.shutdownNow();
        }
    }
}
