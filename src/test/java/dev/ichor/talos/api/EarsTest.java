package dev.ichor.talos.api;

import static org.assertj.core.api.Assertions.assertThat;

import com.google.protobuf.Any;
import com.google.protobuf.MessageLite;

import dev.ichor.boot.BootEvent;
import dev.ichor.boot.BootLog;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;
import dev.ichor.talos.Sinks;
import dev.ichor.talos.api.proto.ConfigValidationErrorEvent;
import dev.ichor.talos.api.proto.EventRequest;
import dev.ichor.talos.api.proto.EventSinkServiceGrpc;
import dev.ichor.talos.api.proto.MachineStatusEvent;
import dev.ichor.talos.api.proto.ServiceStateEvent;

import io.grpc.ManagedChannel;
import io.grpc.netty.NettyChannelBuilder;

import org.junit.jupiter.api.AfterEach;
import org.junit.jupiter.api.Test;
import org.junit.jupiter.api.Timeout;

import java.net.DatagramPacket;
import java.net.DatagramSocket;
import java.net.InetSocketAddress;
import java.net.Socket;
import java.nio.charset.StandardCharsets;
import java.time.InstantSource;
import java.util.List;
import java.util.Optional;
import java.util.function.BooleanSupplier;

/// What machines say of themselves paints the view.
@Timeout(60)
class EarsTest {
    private static final Ip4 PC = Ip4.of("127.0.0.1");
    private static final Mac ONE = new Mac(1);
    private static final Mac TWO = new Mac(2);
    private static final Ip4 FIRST = Ip4.of("127.83.0.1");
    private static final Ip4 SECOND = Ip4.of("127.83.0.2");

    private final BootLog log = new BootLog();
    private final Ears ears =
            Ears.open(
                    new InetSocketAddress(PC.inet(), 0),
                    List.of(ONE, TWO),
                    new Home(),
                    log,
                    InstantSource.system());

    private static final class Home implements Ears.Who {
        @Override
        public boolean has(Mac mac, Ip4 ip) {
            return at(ip).filter(mac::equals).isPresent();
        }

        @Override
        public Optional<Mac> at(Ip4 ip) {
            return ip.equals(FIRST)
                    ? Optional.of(ONE)
                    : ip.equals(SECOND) ? Optional.of(TWO) : Optional.empty();
        }
    }

    @AfterEach
    void close() {
        ears.close();
    }

    @Test
    void the_kernel_log_tells_installing_and_rebooting() throws Exception {
        tcp(
                FIRST,
                ears.sinks(ONE).kernelLog(),
                kmsg("Linux version 6.18.0-talos")
                        + kmsg("[talos] install sequence: 8 phase(s)")
                        + kmsg("[talos] phase install (2/8): 1 tasks(s)")
                        + kmsg("[talos] phase kexec (7/8): 1 tasks(s)"));
        until(() -> said().size() == 3);
        assertThat(said())
                .containsExactly(
                        "1 null install sequence: 8 phase(s)",
                        "1 INSTALLING phase install (2/8): 1 tasks(s)",
                        "1 REBOOTING phase kexec (7/8): 1 tasks(s)");
    }

    @Test
    void over_udp_each_datagram_is_a_message() throws Exception {
        byte[] one =
                kmsg("[talos] task loadConfig (1/1): starting")
                        .strip()
                        .getBytes(StandardCharsets.UTF_8);
        try (DatagramSocket from = new DatagramSocket(new InetSocketAddress(SECOND.inet(), 0))) {
            from.send(
                    new DatagramPacket(
                            one,
                            one.length,
                            new InetSocketAddress(PC.inet(), ears.sinks(TWO).kernelLog())));
        }
        until(() -> said().size() == 1);
        assertThat(said()).containsExactly("2 null task loadConfig (1/1): starting");
    }

    @Test
    void one_machine_cannot_speak_for_another() throws Exception {
        tcp(SECOND, ears.sinks(ONE).kernelLog(), kmsg("[talos] phase install (2/8): 1 tasks(s)"));
        publish(Ip4.of("127.83.0.9"), "MachineStatusEvent", status());
        tcp(FIRST, ears.sinks(ONE).kernelLog(), kmsg("[talos] I am the one"));
        until(() -> !said().isEmpty());
        assertThat(said()).containsExactly("1 null I am the one");
    }

    @Test
    void garbage_is_skipped_and_a_line_without_end_is_bounded() throws Exception {
        tcp(
                FIRST,
                ears.sinks(ONE).kernelLog(),
                "not json\n{\"msg\":7}\n{\n"
                        + "x".repeat(100_000)
                        + "\n"
                        + kmsg("[talos] " + "y ".repeat(2_000)));
        until(() -> !said().isEmpty());
        assertThat(said()).hasSize(1);
        assertThat(said().getFirst()).hasSizeLessThan(320).endsWith("…");
    }

    @Test
    void a_flood_is_cut_off() throws Exception {
        String much = kmsg("[talos] again and again").repeat(Said.LINES + 500);
        tcp(FIRST, ears.sinks(ONE).kernelLog(), much);
        tcp(SECOND, ears.sinks(TWO).kernelLog(), kmsg("[talos] the end"));
        until(() -> said().contains("2 null the end") && said().size() > Said.LINES);
        assertThat(said()).hasSize(Said.LINES + 1);
    }

    @Test
    void the_event_sink_tells_stages_services_and_refused_configs() {
        publish(FIRST, "MachineStatusEvent", status());
        publish(
                FIRST,
                "ServiceStateEvent",
                ServiceStateEvent.newBuilder()
                        .setService("kubelet")
                        .setAction(ServiceStateEvent.Action.RUNNING)
                        .setMessage("Health check successful")
                        .build());
        publish(FIRST, "NewerEvent", status());
        publish(
                FIRST,
                "ConfigValidationErrorEvent",
                ConfigValidationErrorEvent.newBuilder().setError("no disk matches").build());
        assertThat(said())
                .containsExactly(
                        "1 INSTALLING stage installing",
                        "1 null service kubelet running Health check successful",
                        "1 ! Talos refuses its config: no disk matches");
    }

    @Test
    void no_private_key_gets_into_an_event() throws Exception {
        String key =
                "-----BEGIN ED25519 PRIVATE KEY----- MC4CAQAwBQYDK2VwBCIEIF -----END ED25519"
                        + " PRIVATE KEY-----";
        String base64 = "LS0tLS1CRUdJTiBFRDI1NTE5IFBSSVZBVEUgS0VZLS0tLS0KTUM0Q0FRQXdCUQ==";
        tcp(FIRST, ears.sinks(ONE).kernelLog(), kmsg("[talos] key: " + key + " crt: " + base64));
        publish(
                FIRST,
                "ConfigValidationErrorEvent",
                ConfigValidationErrorEvent.newBuilder().setError("near key: " + base64).build());
        until(() -> said().size() == 2);
        assertThat(String.join("\n", said())).doesNotContain("PRIVATE KEY", "MC4CAQ", "LS0tLS1");
    }

    @Test
    void the_documents_point_a_node_at_the_ears_and_are_taken_out_again() {
        Sinks sinks = new Sinks(PC, 19_501, 19_500);
        String config = "version: v1alpha1\nmachine:\n    type: worker\n";
        assertThat(sinks.in(config))
                .isEqualTo(
                        """
                        version: v1alpha1
                        machine:
                            type: worker
                        ---
                        apiVersion: v1alpha1
                        kind: KmsgLogConfig
                        name: ichor
                        url: tcp://127.0.0.1:19501/
                        ---
                        apiVersion: v1alpha1
                        kind: EventSinkConfig
                        endpoint: 127.0.0.1:19500
                        """);
        String others =
                config
                        + "---\n"
                        + "apiVersion: v1alpha1\n"
                        + "kind: KmsgLogConfig\n"
                        + "name: mine\n"
                        + "url: udp://h:1\n";
        assertThat(Sinks.outOf(sinks.in(config))).isEqualTo(config);
        assertThat(Sinks.outOf(sinks.in(others))).isEqualTo(others);
        assertThat(sinks.kernelArgs())
                .containsExactly(
                        "talos.logging.kernel=tcp://127.0.0.1:19501/",
                        "talos.events.sink=127.0.0.1:19500");
    }

    private static MachineStatusEvent status() {
        return MachineStatusEvent.newBuilder()
                .setStage(MachineStatusEvent.Stage.INSTALLING)
                .build();
    }

    private static String kmsg(String text) {
        return "{\"msg\":\"" + text + "\\n\",\"facility\":\"user\",\"seq\":1}\n";
    }

    private static void tcp(Ip4 from, int port, String text) throws Exception {
        try (Socket socket = new Socket()) {
            socket.bind(new InetSocketAddress(from.inet(), 0));
            socket.connect(new InetSocketAddress(PC.inet(), port));
            socket.getOutputStream().write(text.getBytes(StandardCharsets.UTF_8));
        } catch (java.net.SocketException e) {
            // The ears hang up on whom they do not hear.
            return;
        }
    }

    private void publish(Ip4 from, String type, MessageLite event) {
        ManagedChannel channel =
                NettyChannelBuilder.forAddress(
                                new InetSocketAddress(PC.inet(), ears.sinks(ONE).events()))
                        .usePlaintext()
                        .localSocketPicker(
                                new NettyChannelBuilder.LocalSocketPicker() {
                                    @Override
                                    public java.net.SocketAddress createSocketAddress(
                                            java.net.SocketAddress to, io.grpc.Attributes a) {
                                        return new InetSocketAddress(from.inet(), 0);
                                    }
                                })
                        .build();
        try {
            Any any =
                    Any.newBuilder()
                            .setTypeUrl("type.googleapis.com/machine." + type)
                            .setValue(event.toByteString())
                            .build();
            var _ =
                    EventSinkServiceGrpc.newBlockingStub(channel)
                            .publish(EventRequest.newBuilder().setData(any).build());
        } finally {
            channel.shutdownNow();
        }
    }

    private List<String> said() {
        return log.events().stream()
                .map(e ->
                        switch (e) {
                            case BootEvent.NodeSaid s ->
                                    s.mac().value() + " " + s.stage() + " " + s.line();
                            case BootEvent.NodeTrouble t -> t.mac().value() + " ! " + t.what();
                            default -> e.toString();
                        })
                .toList();
    }

    private static void until(BooleanSupplier condition) throws InterruptedException {
        while (!condition.getAsBoolean()) {
            Thread.sleep(5);
        }
    }
}
