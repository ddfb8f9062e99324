package dev.ichor.talos.api;

import com.google.protobuf.Any;
import com.google.protobuf.InvalidProtocolBufferException;

import dev.ichor.boot.Stage;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.talos.api.proto.ConfigLoadErrorEvent;
import dev.ichor.talos.api.proto.ConfigValidationErrorEvent;
import dev.ichor.talos.api.proto.EventRequest;
import dev.ichor.talos.api.proto.EventResponse;
import dev.ichor.talos.api.proto.EventSinkServiceGrpc.EventSinkServiceImplBase;
import dev.ichor.talos.api.proto.MachineStatusEvent;
import dev.ichor.talos.api.proto.PhaseEvent;
import dev.ichor.talos.api.proto.SequenceEvent;
import dev.ichor.talos.api.proto.ServiceStateEvent;
import dev.ichor.talos.api.proto.TaskEvent;

import io.grpc.Context;
import io.grpc.Contexts;
import io.grpc.Grpc;
import io.grpc.Metadata;
import io.grpc.Server;
import io.grpc.ServerCall;
import io.grpc.ServerCallHandler;
import io.grpc.ServerInterceptor;
import io.grpc.netty.NettyServerBuilder;
import io.grpc.stub.StreamObserver;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.net.InetSocketAddress;
import java.util.Locale;
import java.util.Optional;
import java.util.function.Function;

/// Takes the nodes' own events (gRPC over plain HTTP/2; the node is the client). Who speaks is told
/// by its address; what nobody of the plan says is not heard.
final class EventSink extends EventSinkServiceImplBase implements AutoCloseable {
    private static final int MAX_MESSAGE = 65_536;
    private static final Context.Key<Ip4> PEER = Context.key("peer");

    private final Function<Ip4, Optional<Mac>> macOf;
    private final Said said;
    private final Server server;

    /// Listens on one port.
    ///
    /// @throws IOException when the port is taken
    EventSink(InetSocketAddress at, Function<Ip4, Optional<Mac>> macOf, Said said)
            throws IOException {
        this.macOf = macOf;
        this.said = said;
        this.server =
                NettyServerBuilder.forAddress(at)
                        .maxInboundMessageSize(MAX_MESSAGE)
                        .intercept(new Peer())
                        .addService(this)
                        .build()
                        .start();
    }

    int port() {
        return server.getPort();
    }

    /// A failed call would make the node send it again and again.
    @Override
    public void publish(EventRequest request, StreamObserver<EventResponse> out) {
        Ip4 peer = PEER.get();
        Optional<Mac> mac = peer == null ? Optional.empty() : macOf.apply(peer);
        mac.ifPresent(m -> take(m, request.getData()));
        out.onNext(EventResponse.getDefaultInstance());
        out.onCompleted();
    }

    /// The type's prefix differs between a node's sink and its own Events call: only what follows
    /// the last slash counts.
    private void take(Mac mac, Any any) {
        String type = any.getTypeUrl().substring(any.getTypeUrl().lastIndexOf('/') + 1);
        try {
            switch (type) {
                case "machine.SequenceEvent" ->
                        sequence(mac, SequenceEvent.parseFrom(any.getValue()));
                case "machine.PhaseEvent" -> phase(mac, PhaseEvent.parseFrom(any.getValue()));
                case "machine.TaskEvent" -> task(mac, TaskEvent.parseFrom(any.getValue()));
                case "machine.ServiceStateEvent" ->
                        service(mac, ServiceStateEvent.parseFrom(any.getValue()));
                case "machine.ConfigLoadErrorEvent" ->
                        config(mac, ConfigLoadErrorEvent.parseFrom(any.getValue()).getError());
                case "machine.ConfigValidationErrorEvent" ->
                        config(
                                mac,
                                ConfigValidationErrorEvent.parseFrom(any.getValue()).getError());
                case "machine.MachineStatusEvent" ->
                        status(mac, MachineStatusEvent.parseFrom(any.getValue()));
                default -> {}
            }
        } catch (InvalidProtocolBufferException e) {
            said.line(mac, null, "an event that makes no sense");
        }
    }

    private void sequence(Mac mac, SequenceEvent e) {
        String what = "sequence " + e.getSequence();
        if (e.hasError() && !e.getError().getMessage().isEmpty()) {
            said.trouble(mac, "Talos stopped in its " + what + ": " + e.getError().getMessage());
        } else {
            said.line(mac, null, what + " " + word(e.getAction()));
        }
    }

    private void phase(Mac mac, PhaseEvent e) {
        boolean begins = e.getAction() == PhaseEvent.Action.START;
        @Nullable Stage stage = begins ? KernelLine.stage(e.getPhase()) : null;
        said.line(mac, stage, "phase " + e.getPhase() + " " + word(e.getAction()));
    }

    private void task(Mac mac, TaskEvent e) {
        said.line(mac, null, "task " + e.getTask() + " " + word(e.getAction()));
    }

    private void service(Mac mac, ServiceStateEvent e) {
        said.line(
                mac,
                null,
                "service " + e.getService() + " " + word(e.getAction()) + " " + e.getMessage());
    }

    private void config(Mac mac, String error) {
        said.trouble(mac, "Talos refuses its config: " + error);
    }

    private void status(Mac mac, MachineStatusEvent e) {
        @Nullable Stage stage =
                switch (e.getStage()) {
                    case INSTALLING -> Stage.INSTALLING;
                    case REBOOTING -> Stage.REBOOTING;
                    default -> null;
                };
        said.line(mac, stage, "stage " + word(e.getStage()));
    }

    private static String word(Enum<?> value) {
        return value.name().toLowerCase(Locale.ROOT).replace('_', ' ');
    }

    @Override
    public void close() {
        server.shutdownNow();
    }

    /// Keeps the caller's address.
    private static final class Peer implements ServerInterceptor {
        @Override
        public <A, B> ServerCall.Listener<A> interceptCall(
                ServerCall<A, B> call, Metadata headers, ServerCallHandler<A, B> next) {
            Object at = call.getAttributes().get(Grpc.TRANSPORT_ATTR_REMOTE_ADDR);
            Optional<Ip4> ip =
                    at instanceof InetSocketAddress a ? Ip4.of(a.getAddress()) : Optional.empty();
            Context context =
                    ip.map(i -> Context.current().withValue(PEER, i)).orElse(Context.current());
            return Contexts.interceptCall(context, call, headers, next);
        }
    }
}
