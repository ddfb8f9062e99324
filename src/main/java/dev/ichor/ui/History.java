package dev.ichor.ui;

import dev.ichor.boot.BootEvent;
import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import org.jspecify.annotations.Nullable;

import java.util.ArrayList;
import java.util.Collections;
import java.util.HashMap;
import java.util.List;
import java.util.Map;

/// What was heard of each machine, in order. A request that names no machine belongs to the one
/// that was seen at its address last.
final class History {
    private final Map<Mac, List<BootEvent>> all = new HashMap<>();
    private final Map<Ip4, Mac> seenAt = new HashMap<>();

    /// Takes note of an event; how far a transfer is passes by.
    void hear(BootEvent event) {
        Ip4 ip = address(event);
        Mac named = event.mac();
        if (named != null && ip != null) {
            seenAt.put(ip, named);
        }
        Mac mac = named == null && ip != null ? seenAt.get(ip) : named;
        if (mac != null && !(event instanceof BootEvent.TransferProgress)) {
            all.computeIfAbsent(mac, m -> new ArrayList<>()).add(event);
        }
    }

    /// Everything of one machine; it only ever grows.
    List<BootEvent> of(Mac mac) {
        return Collections.unmodifiableList(all.getOrDefault(mac, List.of()));
    }

    private static @Nullable Ip4 address(BootEvent event) {
        return switch (event) {
            case BootEvent.Leased e -> e.ip();
            case BootEvent.TransferStarted e -> e.ip();
            case BootEvent.TransferDone e -> e.ip();
            case BootEvent.TransferFailed e -> e.ip();
            case BootEvent.ConfigAsked e -> e.ip();
            case BootEvent.ConfigRefused e -> e.ip();
            default -> null;
        };
    }
}
