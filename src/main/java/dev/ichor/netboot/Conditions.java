package dev.ichor.netboot;

import java.time.Instant;
import java.time.temporal.ChronoUnit;
import java.util.Optional;

/// The conditions of a request (RFC 9110 section 13), as Go judges them for a file without a tag.
///
/// @param request what is asked
/// @param modified last modification of the file in whole seconds, or the epoch when there is none
record Conditions(HttpRequest request, Instant modified) {
    Conditions {
        modified = modified.truncatedTo(ChronoUnit.SECONDS);
    }

    /// Whether the file has a date.
    boolean dated() {
        return !modified.equals(Instant.EPOCH);
    }

    /// The date as `Last-Modified` says it.
    String date() {
        return HttpDate.write(modified);
    }

    /// Status 412 when the client wants none of this state, 304 when it has it already.
    ///
    /// @return empty when it is to be sent
    Optional<Integer> instead() {
        String match = request.header("if-match");
        Optional<Instant> unmodified = date("if-unmodified-since");
        if (match.isEmpty()
                ? dated() && unmodified.filter(modified::isAfter).isPresent()
                : !any(match)) {
            return Optional.of(412);
        }
        String none = request.header("if-none-match");
        if (any(none)) {
            return Optional.of(reads() ? 304 : 412);
        }
        return none.isEmpty() && unchanged() ? Optional.of(304) : Optional.empty();
    }

    /// Whether the client has it as it is now.
    boolean unchanged() {
        return reads()
                && dated()
                && date("if-modified-since").filter(since -> !modified.isAfter(since)).isPresent();
    }

    /// The `Range` header, or empty when another state was meant.
    String range() {
        boolean another =
                reads()
                        && !request.header("if-range").isEmpty()
                        && date("if-range").filter(modified::equals).isEmpty();
        return another ? "" : request.header("range");
    }

    private boolean reads() {
        return request.method().equals("GET") || request.head();
    }

    private Optional<Instant> date(String header) {
        return HttpDate.read(request.header(header));
    }

    /// Whether a list of tags has the star that stands for any.
    private static boolean any(String tags) {
        return tags.matches("([ \t,]*(W/)?\"[^\"]*\")*[ \t,]*\\*.*");
    }
}
