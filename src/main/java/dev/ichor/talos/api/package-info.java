/// The node's gRPC API and the cluster's Kubernetes API, as far as bringing a cluster up needs
/// them.
@NullMarked
package dev.ichor.talos.api;

import org.jspecify.annotations.NullMarked;
