package dev.ichor.talos.api;

import com.google.protobuf.ByteString;
import com.google.protobuf.InvalidProtocolBufferException;

import dev.ichor.cluster.Disk;
import dev.ichor.cluster.Mac;
import dev.ichor.talos.api.proto.DiscoveredVolumeSpec;
import dev.ichor.talos.api.proto.DiskSpec;
import dev.ichor.talos.api.proto.GetRequest;
import dev.ichor.talos.api.proto.LinkStatusSpec;
import dev.ichor.talos.api.proto.ListRequest;
import dev.ichor.talos.api.proto.ListResponse;
import dev.ichor.talos.api.proto.MachineConfigSpec;
import dev.ichor.talos.api.proto.MachineStage;
import dev.ichor.talos.api.proto.MachineStatusSpec;
import dev.ichor.talos.api.proto.StateGrpc;
import dev.ichor.talos.api.proto.StateGrpc.StateBlockingStub;

import java.util.ArrayList;
import java.util.HashSet;
import java.util.Iterator;
import java.util.List;
import java.util.Map;
import java.util.Set;
import java.util.TreeMap;

/// What a node knows of itself, read as COSI resources; they are the same in maintenance mode and
/// since Talos 1.9. All calls throw [io.grpc.StatusRuntimeException].
record Resources(StateBlockingStub state) {
    private static final String RUNTIME = "runtime";

    /// More than any machine has; what comes after is not read.
    private static final int ENOUGH = 512;

    private static final int MAC_BYTES = 6;

    static Resources of(io.grpc.Channel channel) {
        return new Resources(StateGrpc.newBlockingStub(channel));
    }

    /// The hardware addresses of its network interfaces.
    Set<Mac> macs() throws InvalidProtocolBufferException {
        Set<Mac> all = new HashSet<>();
        for (ByteString spec : list("network", "LinkStatuses.net.talos.dev")) {
            LinkStatusSpec link = LinkStatusSpec.parseFrom(spec);
            for (ByteString address : List.of(link.getHardwareAddr(), link.getPermanentAddr())) {
                if (address.size() == MAC_BYTES) {
                    all.add(Mac.of(address.toByteArray()));
                }
            }
        }
        return all;
    }

    /// The disks Talos could be installed on, in the order of their paths.
    List<Disk> disks() throws InvalidProtocolBufferException {
        Map<String, List<String>> holds = holds();
        Map<String, Disk> all = new TreeMap<>();
        for (ByteString spec : list(RUNTIME, "Disks.block.talos.dev")) {
            DiskSpec d = DiskSpec.parseFrom(spec);
            if (!d.getReadonly() && !d.getCdrom() && !d.getTransport().isEmpty()) {
                String path = d.getDevPath();
                all.put(
                        path,
                        new Disk(
                                path,
                                d.getModel().strip(),
                                d.getSerial().strip(),
                                d.getSize(),
                                d.getTransport() + (d.getRotational() ? "" : " SSD"),
                                holds.getOrDefault(path, List.of())));
            }
        }
        return List.copyOf(all.values());
    }

    /// What was found on the partitions, by the disk's path.
    private Map<String, List<String>> holds() throws InvalidProtocolBufferException {
        Map<String, List<String>> all = new TreeMap<>();
        for (ByteString spec : list(RUNTIME, "DiscoveredVolumes.block.talos.dev")) {
            DiscoveredVolumeSpec v = DiscoveredVolumeSpec.parseFrom(spec);
            if (v.getType().equals("partition")) {
                all.computeIfAbsent(v.getParentDevPath(), p -> new ArrayList<>()).add(words(v));
            }
        }
        return all;
    }

    private static String words(DiscoveredVolumeSpec v) {
        String label = v.getLabel().isEmpty() ? v.getPartitionLabel() : v.getLabel();
        String name = v.getName().isEmpty() ? "a partition" : v.getName();
        return label.isEmpty() ? name : name + " \"" + label + "\"";
    }

    /// Where it is on its way.
    MachineStage stage() throws InvalidProtocolBufferException {
        return MachineStatusSpec.parseFrom(
                        get(RUNTIME, "MachineStatuses.runtime.talos.dev", "machine"))
                .getStage();
    }

    /// Its config's documents. Secret.
    String config() throws InvalidProtocolBufferException {
        return MachineConfigSpec.parseFrom(
                        get("config", "MachineConfigs.config.talos.dev", "v1alpha1"))
                .getYamlMarshalled()
                .toStringUtf8();
    }

    private ByteString get(String namespace, String type, String id) {
        GetRequest request =
                GetRequest.newBuilder().setNamespace(namespace).setType(type).setId(id).build();
        return state.withDeadlineAfter(TalosClient.PATIENCE)
                .get(request)
                .getResource()
                .getSpec()
                .getProtoSpec();
    }

    private List<ByteString> list(String namespace, String type) {
        ListRequest request =
                ListRequest.newBuilder().setNamespace(namespace).setType(type).build();
        Iterator<ListResponse> answers =
                state.withDeadlineAfter(TalosClient.PATIENCE).list(request);
        List<ByteString> all = new ArrayList<>();
        while (all.size() < ENOUGH && answers.hasNext()) {
            all.add(answers.next().getResource().getSpec().getProtoSpec());
        }
        return all;
    }
}
