package dev.ichor.netboot;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.ZoneOffset;
import java.time.format.DateTimeFormatter;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.util.List;
import java.util.Locale;
import java.util.Optional;
import java.util.stream.Stream;

/// Dates in headers (RFC 9110 section 5.6.7), whole seconds.
final class HttpDate {
    private static final DateTimeFormatter FORMAT = format("EEE, dd MMM uuuu HH:mm:ss 'GMT'");

    /// The two old ones as well, which nobody should send.
    private static final List<DateTimeFormatter> READ =
            List.of(
                    FORMAT,
                    format("EEEE, dd-MMM-uu HH:mm:ss 'GMT'"),
                    format("EEE MMM ppd HH:mm:ss uuuu"));

    private HttpDate() {}

    /// The day of the week is not compared with the date.
    private static DateTimeFormatter format(String pattern) {
        return DateTimeFormatter.ofPattern(pattern, Locale.ENGLISH)
                .withResolverStyle(ResolverStyle.STRICT)
                .withResolverFields(
                        ChronoField.YEAR,
                        ChronoField.MONTH_OF_YEAR,
                        ChronoField.DAY_OF_MONTH,
                        ChronoField.HOUR_OF_DAY,
                        ChronoField.MINUTE_OF_HOUR,
                        ChronoField.SECOND_OF_MINUTE)
                .withZone(ZoneOffset.UTC);
    }

    static String write(Instant at) {
        return FORMAT.format(at);
    }

    static Optional<Instant> read(String text) {
        return text.isEmpty()
                ? Optional.empty()
                : READ.stream().flatMap(f -> read(f, text)).findFirst();
    }

    private static Stream<Instant> read(DateTimeFormatter format, String text) {
        try {
            return Stream.of(format.parse(text, Instant::from));
        } catch (DateTimeException e) {
            return Stream.empty();
        }
    }
}
