package dev.ichor.steps;

import dev.ichor.cluster.NasTarget;
import dev.ichor.cluster.Problem;

import java.nio.file.Path;
import java.util.Optional;

/// The questions a step may have while it runs. Asked on a worker thread; answers may take their
/// time.
public interface Owner {
    /// The passphrase that opens the secrets of a cluster; empty when there is nobody to ask.
    default char[] passphrase(Path clusterFolder) {
        return new char[0];
    }

    /// Whether to use a download for which nothing vouches.
    default boolean acceptUnverified(Problem why) {
        return false;
    }

    /// Whether to search a network that takes minutes.
    default boolean searchLarge(Problem why) {
        return false;
    }

    /// The password for the NAS.
    char[] password(NasTarget target);

    /// A way in to the NAS instead of the one the target names, as [NasTarget#key].
    default Optional<String> key(NasTarget target) {
        return Optional.empty();
    }

    /// The passphrase of a private key; empty when there is nobody to ask.
    default char[] keyPassphrase(Path privateKey) {
        return new char[0];
    }

    /// The one-time code of the NAS's second factor; empty when there is nobody to ask.
    default String oneTimeCode(NasTarget target) {
        return "";
    }

    /// Whether this is the NAS's key: `SHA256:…`, asked at the first connection only.
    boolean accept(NasTarget target, String hostKey);
}
