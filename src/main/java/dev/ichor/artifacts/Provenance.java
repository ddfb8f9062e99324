package dev.ichor.artifacts;

import dev.ichor.cluster.Origin;
import dev.ichor.cluster.ProblemException;
import dev.ichor.cluster.TalosVersion;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.util.Optional;

/// Who vouches for a release's file.
///
/// @param known checksums that came with the program
/// @param signatures checks Sigstore bundles offline
record Provenance(Known known, Signatures signatures) {
    /// What a file must be, and why we believe so.
    ///
    /// @param sha256 null when only the owner's word stands for it
    /// @param origin ACCEPTED when nothing vouches for it
    /// @param doubt why nothing does, or empty
    record Claim(String name, @Nullable String sha256, Origin origin, String doubt) {}

    /// @param listed what the checksum list says, or null when there is no list
    /// @throws ProblemException when what is offered contradicts what is known
    Claim of(TalosVersion talos, String name, @Nullable String listed, Supply supply)
            throws IOException, InterruptedException {
        Optional<String> shipped = known.sha256(talos, name);
        if (shipped.isPresent()) {
            if (listed != null && !listed.equals(shipped.get())) {
                throw Words.notTheShipped(name, supply.where());
            }
            return new Claim(name, shipped.get(), Origin.SHIPPED, "");
        }
        Optional<String> bundle = supply.text(name + ".bundle");
        if (bundle.isEmpty()) {
            return new Claim(name, listed, Origin.ACCEPTED, "There is no signature beside it.");
        }
        return switch (signatures.check(bundle.get())) {
            case Signatures.Signed s -> {
                if (listed != null && !listed.equals(s.sha256())) {
                    throw Words.badSignature(name, "It is a signature of another file.");
                }
                yield new Claim(name, s.sha256(), Origin.SIGNED, "");
            }
            case Signatures.Doubtful d -> new Claim(name, listed, Origin.ACCEPTED, d.why());
            case Signatures.Wrong w -> throw Words.badSignature(name, w.why());
        };
    }
}
