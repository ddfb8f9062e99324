package dev.ichor.fleet;

import dev.ichor.talos.api.proto.ApplyConfiguration;
import dev.ichor.talos.api.proto.ApplyConfigurationRequest;
import dev.ichor.talos.api.proto.ApplyConfigurationResponse;
import dev.ichor.talos.api.proto.Reboot;
import dev.ichor.talos.api.proto.RebootRequest;
import dev.ichor.talos.api.proto.RebootResponse;
import dev.ichor.talos.api.proto.Reset;
import dev.ichor.talos.api.proto.ResetRequest;
import dev.ichor.talos.api.proto.ResetResponse;
import dev.ichor.talos.api.proto.Shutdown;
import dev.ichor.talos.api.proto.ShutdownRequest;
import dev.ichor.talos.api.proto.ShutdownResponse;
import dev.ichor.talos.api.proto.Upgrade;
import dev.ichor.talos.api.proto.UpgradeRequest;
import dev.ichor.talos.api.proto.UpgradeResponse;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;

import java.util.function.Consumer;

/// A node's Talos API with what changes the node: another config, restart, switching off, wiping,
/// another release.
final class TalosOrders extends TalosApi {
    private final TalosNode.Disk disk;
    private final Consumer<TalosNode.End> end;

    TalosOrders(
            TalosNode.Disk disk, PretendCluster cluster, Seen seen, Consumer<TalosNode.End> end) {
        super(disk.config(), cluster, seen);
        this.disk = disk;
        this.end = end;
    }

    @Override
    public void applyConfiguration(
            ApplyConfigurationRequest request, StreamObserver<ApplyConfigurationResponse> out) {
        try {
            disk.write().accept(NodeConfig.parse(request.getData().toStringUtf8()));
        } catch (IllegalArgumentException e) {
            out.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
            return;
        }
        answer(
                out,
                ApplyConfigurationResponse.newBuilder()
                        .addMessages(ApplyConfiguration.getDefaultInstance())
                        .build());
    }

    @Override
    public void reboot(RebootRequest request, StreamObserver<RebootResponse> out) {
        answer(out, RebootResponse.newBuilder().addMessages(Reboot.getDefaultInstance()).build());
        end.accept(TalosNode.End.AGAIN);
    }

    @Override
    public void shutdown(ShutdownRequest request, StreamObserver<ShutdownResponse> out) {
        answer(
                out,
                ShutdownResponse.newBuilder().addMessages(Shutdown.getDefaultInstance()).build());
        end.accept(TalosNode.End.OFF);
    }

    @Override
    public void reset(ResetRequest request, StreamObserver<ResetResponse> out) {
        disk.write().accept(null);
        answer(out, ResetResponse.newBuilder().addMessages(Reset.getDefaultInstance()).build());
        end.accept(TalosNode.End.AGAIN);
    }

    @Override
    public void upgrade(UpgradeRequest request, StreamObserver<UpgradeResponse> out) {
        String image = request.getImage();
        disk.write().accept(disk.config().upgraded(image.substring(image.lastIndexOf(':') + 1)));
        answer(out, UpgradeResponse.newBuilder().addMessages(Upgrade.getDefaultInstance()).build());
        end.accept(TalosNode.End.AGAIN);
    }
}
