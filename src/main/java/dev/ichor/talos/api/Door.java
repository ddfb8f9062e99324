package dev.ichor.talos.api;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import io.netty.handler.ssl.SslContext;

import java.util.Optional;
import java.util.function.Function;

/// How the nodes' Talos APIs are reached.
record Door(Function<Mac, Optional<Ip4>> addresses, int port, SslContext tls) {
    /// A client of the machine where it is now; empty while that is not known.
    Optional<TalosClient> open(Mac mac) {
        return addresses.apply(mac).map(ip -> TalosClient.connect(ip, port, tls));
    }
}
