package dev.ichor.artifacts;

import okhttp3.Response;

import org.jspecify.annotations.Nullable;

import java.io.IOException;
import java.time.DateTimeException;
import java.time.Duration;
import java.time.Instant;
import java.time.ZonedDateTime;
import java.time.format.DateTimeFormatter;

/// A server that says "later".
final class Busy extends IOException {
    private static final long serialVersionUID = 1L;

    private static final int TOO_MANY = 429;
    private static final int SERVER_ERROR = 500;
    private static final Duration UNTOLD = Duration.ofSeconds(2);

    private final int status;
    private final transient Duration after;

    private Busy(int status, Duration after) {
        super("status " + status);
        this.status = status;
        this.after = after;
    }

    /// Too many requests (RFC 6585 section 4), and a server's own troubles, which may pass.
    static boolean is(int status) {
        return status == TOO_MANY || status >= SERVER_ERROR;
    }

    /// With the pause it asks for (RFC 9110 section 10.2.3): seconds, or a date, read against the
    /// server's own clock.
    static Busy of(Response response) {
        @Nullable String asked = response.header("Retry-After");
        if (asked == null) {
            return new Busy(response.code(), UNTOLD);
        }
        if (asked.matches("\\d{1,9}")) {
            return new Busy(response.code(), Duration.ofSeconds(Long.parseLong(asked)));
        }
        try {
            Instant now = date(response.header("Date", asked));
            Duration pause = Duration.between(now, date(asked));
            return new Busy(response.code(), pause.isPositive() ? pause : UNTOLD);
        } catch (DateTimeException e) {
            return new Busy(response.code(), UNTOLD);
        }
    }

    private static Instant date(@Nullable String text) {
        return ZonedDateTime.parse(text == null ? "" : text, DateTimeFormatter.RFC_1123_DATE_TIME)
                .toInstant();
    }

    int status() {
        return status;
    }

    Duration after() {
        return after;
    }

    boolean tooMany() {
        return status == TOO_MANY;
    }
}
