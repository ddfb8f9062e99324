package dev.ichor.talos.api;

import dev.ichor.cluster.Ip4;
import dev.ichor.cluster.Mac;

import io.netty.handler.ssl.SslContext;

import java.util.Optional;
import java.util.function.Function;

/// How the nodes' Talos APIs are reached: always at a node's own address.
///
/// @param addresses where a machine is now
/// @param port TCP port of the Talos API
/// @param tls as this cluster's administrator
/// @param knock looks who is there
record Door(Function<Mac, Optional<Ip4>> addresses, int port, SslContext tls, Knock knock) {
    /// A client of the machine where it is now; empty while that is not known.
    Optional<TalosClient> open(Mac mac) {
        return addresses.apply(mac).map(ip -> TalosClient.connect(ip, port, tls));
    }
}
