package dev.ichor.cluster;

/// Something the owner has to know and can act on.
///
/// @param what what happened, one sentence
/// @param why the cause as far as known, one sentence, or empty
/// @param remedy what to do next, one sentence, or empty
public record Problem(String what, String why, String remedy) {
    /// One line with all three.
    @Override
    public String toString() {
        return String.join(" ", what, why, remedy).strip().replaceAll(" {2,}", " ");
    }
}
