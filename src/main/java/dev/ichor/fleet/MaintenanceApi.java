package dev.ichor.fleet;

import dev.ichor.talos.api.proto.ApplyConfiguration;
import dev.ichor.talos.api.proto.ApplyConfigurationRequest;
import dev.ichor.talos.api.proto.ApplyConfigurationResponse;
import dev.ichor.talos.api.proto.MachineServiceGrpc;

import io.grpc.Status;
import io.grpc.stub.StreamObserver;

import java.util.concurrent.BlockingQueue;
import java.util.concurrent.LinkedBlockingQueue;

/// What a machine without config answers: it takes one, from anybody (Talos 1.13, facts of its
/// maintenance mode).
final class MaintenanceApi extends MachineServiceGrpc.MachineServiceImplBase {
    private final BlockingQueue<NodeConfig> given = new LinkedBlockingQueue<>();

    /// Waits for a complete config.
    NodeConfig await() throws InterruptedException {
        return given.take();
    }

    @Override
    public void applyConfiguration(
            ApplyConfigurationRequest request, StreamObserver<ApplyConfigurationResponse> out) {
        try {
            given.add(NodeConfig.parse(request.getData().toStringUtf8()));
        } catch (IllegalArgumentException e) {
            out.onError(
                    Status.INVALID_ARGUMENT.withDescription(e.getMessage()).asRuntimeException());
            return;
        }
        out.onNext(
                ApplyConfigurationResponse.newBuilder()
                        .addMessages(ApplyConfiguration.getDefaultInstance())
                        .build());
        out.onCompleted();
    }
}
