package io.millrace.schemas.codec;

import java.time.DateTimeException;
import java.time.Instant;
import java.time.LocalDate;
import java.time.LocalDateTime;
import java.time.ZoneOffset;
import java.time.ZonedDateTime;
import java.time.chrono.IsoEra;
import java.time.format.DateTimeFormatter;
import java.time.format.DateTimeFormatterBuilder;
import java.time.format.ResolverStyle;
import java.time.temporal.ChronoField;
import java.time.temporal.TemporalAccessor;
import java.util.Locale;
import org.jspecify.annotations.Nullable;

/**
 * Reads times in text, by the pipeline's pattern or as ISO 8601; UTC where they name no zone.
 *
 * <p>Threading: immutable. Units: milliseconds since 1970-01-01 UTC; finer parts are cut off.
 */
final class EventTime {
    /** What {@link #parse} answers for text that is no time; outside of what it answers otherwise. */
    static final long NOT_A_TIME = Long.MIN_VALUE;

    private static final String PLAIN_PATTERN = "yyyy-MM-dd HH:mm:ss";
    private static final long MIN_MILLIS = Instant.parse("0000-01-01T00:00:00Z").toEpochMilli();
    private static final long MAX_MILLIS =
            Instant.parse("9999-12-31T23:59:59.999Z").toEpochMilli();

    private final @Nullable String pattern;
    private final @Nullable DateTimeFormatter formatter;

    EventTime(@Nullable String pattern) {
        this.pattern = pattern;
        this.formatter = pattern == null ? null : formatterOf(pattern);
    }

    /** Fails unless the pattern is one, or null. */
    static void requirePattern(@Nullable String pattern) {
        if (pattern != null) {
            formatterOf(pattern);
        }
    }

    /** Whether a time lies in the years that we count in, 0 to 9999. */
    static boolean isInRange(long timeMillis) {
        return timeMillis >= MIN_MILLIS && timeMillis <= MAX_MILLIS;
    }

    /** The time, or {@link #NOT_A_TIME}. */
    long parse(String text) {
        if (formatter == null) {
            return inRange(IsoTime.parse(text));
        }
        if (PLAIN_PATTERN.equals(pattern)) {
            return IsoTime.isPlain(text) ? inRange(IsoTime.parse(text)) : NOT_A_TIME;
        }
        try {
            TemporalAccessor time =
                    formatter.parseBest(text, ZonedDateTime::from, LocalDateTime::from, LocalDate::from);
            return inRange(toInstant(time).toEpochMilli());
        } catch (DateTimeException | ArithmeticException e) {
            return NOT_A_TIME;
        }
    }

    /** How times have to be written, for messages. */
    String expectation() {
        return pattern == null
                ? "write ISO 8601 as in 2018-04-01T00:00:31Z, or give the pipeline's time pattern"
                : "the pipeline's time pattern is '" + pattern + "'";
    }

    private static long inRange(long timeMillis) {
        return isInRange(timeMillis) ? timeMillis : NOT_A_TIME;
    }

    private static Instant toInstant(TemporalAccessor time) {
        if (time instanceof ZonedDateTime zoned) {
            return zoned.toInstant();
        }
        LocalDateTime local = time instanceof LocalDateTime dateTime
                ? dateTime
                : LocalDate.from(time).atStartOfDay();
        return local.toInstant(ZoneOffset.UTC);
    }

    private static DateTimeFormatter formatterOf(String pattern) {
        try {
            // Strict, or 31 February would quietly become the 28th; strict years need an era.
            return new DateTimeFormatterBuilder()
                    .appendPattern(pattern)
                    .parseDefaulting(ChronoField.ERA, IsoEra.CE.getValue())
                    .toFormatter(Locale.ROOT)
                    .withResolverStyle(ResolverStyle.STRICT);
        } catch (IllegalArgumentException e) {
            throw new IllegalArgumentException(
                    "time pattern '" + pattern + "' is none: " + e.getMessage()
                            + "; write one as in yyyy-MM-dd HH:mm:ss",
                    e);
        }
    }
}
