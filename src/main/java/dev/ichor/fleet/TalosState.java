package dev.ichor.fleet;

import com.google.protobuf.ByteString;
import com.google.protobuf.MessageLite;

import dev.ichor.talos.api.proto.DiscoveredVolumeSpec;
import dev.ichor.talos.api.proto.DiskSpec;
import dev.ichor.talos.api.proto.GetRequest;
import dev.ichor.talos.api.proto.GetResponse;
import dev.ichor.talos.api.proto.LinkStatusSpec;
import dev.ichor.talos.api.proto.ListRequest;
import dev.ichor.talos.api.proto.ListResponse;
import dev.ichor.talos.api.proto.MachineConfigSpec;
import dev.ichor.talos.api.proto.MachineStage;
import dev.ichor.talos.api.proto.MachineStatusSpec;
import dev.ichor.talos.api.proto.Resource;
import dev.ichor.talos.api.proto.Spec;
import dev.ichor.talos.api.proto.StateGrpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;

import java.util.List;
import java.util.function.Supplier;

/// What a pretended machine tells of itself as resources.
final class TalosState extends StateGrpc.StateImplBase {
    private static final long DISK_BYTES = 16_013_942_784L;

    private final Hardware hardware;
    private final MachineStage stage;
    private final Supplier<String> config;

    /// @param config the config's documents, or empty for somebody who may not read them
    TalosState(Hardware hardware, MachineStage stage, Supplier<String> config) {
        this.hardware = hardware;
        this.stage = stage;
        this.config = config;
    }

    @Override
    public void list(ListRequest request, StreamObserver<ListResponse> out) {
        List<MessageLite> all =
                switch (request.getType()) {
                    case "LinkStatuses.net.talos.dev" ->
                            List.of(
                                    LinkStatusSpec.newBuilder()
                                            .setHardwareAddr(
                                                    ByteString.copyFrom(hardware.mac().bytes()))
                                            .build());
                    case "Disks.block.talos.dev" -> List.of(disk());
                    case "DiscoveredVolumes.block.talos.dev" -> List.of(oldSystem());
                    default -> List.of();
                };
        for (MessageLite one : all) {
            out.onNext(ListResponse.newBuilder().setResource(resource(one)).build());
        }
        out.onCompleted();
    }

    private DiskSpec disk() {
        return DiskSpec.newBuilder()
                .setDevPath("/dev/sda")
                .setModel("Pretend mSATA 16GB")
                .setSerial("P" + hardware.serial())
                .setTransport("sata")
                .setSize(DISK_BYTES)
                .build();
    }

    private static DiscoveredVolumeSpec oldSystem() {
        return DiscoveredVolumeSpec.newBuilder()
                .setType("partition")
                .setParentDevPath("/dev/sda")
                .setName("ext4")
                .setLabel("eLux")
                .build();
    }

    @Override
    public void get(GetRequest request, StreamObserver<GetResponse> out) {
        switch (request.getType()) {
            case "MachineStatuses.runtime.talos.dev" ->
                    answer(out, MachineStatusSpec.newBuilder().setStage(stage).build());
            case "MachineConfigs.config.talos.dev" -> config(out, config.get());
            default -> out.onError(Status.NOT_FOUND.asRuntimeException());
        }
    }

    private static void config(StreamObserver<GetResponse> out, String text) {
        if (text.isEmpty()) {
            out.onError(
                    Status.PERMISSION_DENIED
                            .withDescription("no access to a sensitive resource")
                            .asRuntimeException());
        } else {
            answer(
                    out,
                    MachineConfigSpec.newBuilder()
                            .setYamlMarshalled(ByteString.copyFromUtf8(text))
                            .build());
        }
    }

    private static void answer(StreamObserver<GetResponse> out, MessageLite spec) {
        out.onNext(GetResponse.newBuilder().setResource(resource(spec)).build());
        out.onCompleted();
    }

    private static Resource resource(MessageLite spec) {
        return Resource.newBuilder()
                .setSpec(Spec.newBuilder().setProtoSpec(spec.toByteString()))
                .build();
    }
}
