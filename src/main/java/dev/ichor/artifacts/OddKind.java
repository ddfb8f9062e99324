package dev.ichor.artifacts;

import java.security.GeneralSecurityException;

/// A signature of a kind that cannot be judged here: neither good nor bad.
final class OddKind extends GeneralSecurityException {
    private static final long serialVersionUID = 1;

    OddKind() {
        super("its signature is of a kind this Ichor cannot check");
    }
}
