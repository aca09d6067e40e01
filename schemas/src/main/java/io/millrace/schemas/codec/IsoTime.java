package io.millrace.schemas.codec;

import java.time.DateTimeException;
import java.time.LocalDate;

/**
 * Reads ISO 8601 times by hand, several times quicker than java.time: a date, then optionally a time of day after
 * {@code T} or a space, down to a fraction of a second, then optionally {@code Z} or an offset.
 *
 * <p>Threading: confined to one call. Units: milliseconds since 1970-01-01 UTC; finer parts are cut off.
 */
final class IsoTime {
    private static final int DATE_LENGTH = 10;
    private static final int PLAIN_LENGTH = 19;
    private static final long DAY_MILLIS = 86_400_000L;
    private static final long HOUR_MILLIS = 3_600_000L;
    private static final long MINUTE_MILLIS = 60_000L;
    private static final long SECOND_MILLIS = 1_000L;
    private static final int MAX_OFFSET_HOURS = 18;
    private static final int MAX_FRACTION_DIGITS = 9;

    private final String text;
    private int position;
    /** Set once anything is not as it must be. */
    private boolean bad;

    private IsoTime(String text) {
        this.text = text;
    }

    /** Whether the text has the outline of {@code yyyy-MM-dd HH:mm:ss}. */
    static boolean isPlain(String text) {
        return text.length() == PLAIN_LENGTH && text.charAt(DATE_LENGTH) == ' ';
    }

    /** The time, or {@link EventTime#NOT_A_TIME}. */
    static long parse(String text) {
        IsoTime time = new IsoTime(text);
        long timeMillis = time.date() * DAY_MILLIS;
        if (!time.atEnd()) {
            timeMillis += time.timeOfDay();
            timeMillis -= time.offset();
        }
        return time.bad || !time.atEnd() ? EventTime.NOT_A_TIME : timeMillis;
    }

    private long date() {
        int year = digits(2) * 100 + digits(2);
        require('-');
        int month = digits(2);
        require('-');
        int day = digits(2);
        if (bad) {
            return 0;
        }
        try {
            return LocalDate.of(year, month, day).toEpochDay();
        } catch (DateTimeException e) {
            bad = true;
            return 0;
        }
    }

    private long timeOfDay() {
        char separator = next();
        if (separator != 'T' && separator != 't' && separator != ' ') {
            bad = true;
        }
        int hour = digits(2);
        require(':');
        int minute = digits(2);
        int second = 0;
        int millis = 0;
        if (accept(':')) {
            second = digits(2);
            if (accept('.') || accept(',')) {
                millis = fraction();
            }
        }
        if (hour > 23 || minute > 59 || second > 59) {
            bad = true;
        }
        return hour * HOUR_MILLIS + minute * MINUTE_MILLIS + second * SECOND_MILLIS + millis;
    }

    private int fraction() {
        int millis = 0;
        int digits = 0;
        while (!atEnd() && isDigit(text.charAt(position))) {
            if (digits < 3) {
                millis = millis * 10 + (text.charAt(position) - '0');
            }
            digits++;
            position++;
        }
        if (digits == 0 || digits > MAX_FRACTION_DIGITS) {
            bad = true;
        }
        for (int i = digits; i < 3; i++) {
            millis *= 10;
        }
        return millis;
    }

    private long offset() {
        if (atEnd() || accept('Z') || accept('z')) {
            return 0;
        }
        char sign = next();
        int hours = digits(2);
        int minutes = 0;
        if (!atEnd()) {
            accept(':');
            minutes = digits(2);
        }
        if ((sign != '+' && sign != '-')
                || minutes > 59
                || hours > MAX_OFFSET_HOURS
                || (hours == MAX_OFFSET_HOURS && minutes > 0)) {
            bad = true;
        }
        long offsetMillis = hours * HOUR_MILLIS + minutes * MINUTE_MILLIS;
        return sign == '-' ? -offsetMillis : offsetMillis;
    }

    private int digits(int count) {
        int value = 0;
        for (int i = 0; i < count; i++) {
            char digit = next();
            if (!isDigit(digit)) {
                bad = true;
                return 0;
            }
            value = value * 10 + (digit - '0');
        }
        return value;
    }

    private void require(char expected) {
        if (next() != expected) {
            bad = true;
        }
    }

    private boolean accept(char wanted) {
        if (!atEnd() && text.charAt(position) == wanted) {
            position++;
            return true;
        }
        return false;
    }

    private char next() {
        return atEnd() ? '\0' : text.charAt(position++);
    }

    private boolean atEnd() {
        return position >= text.length();
    }

    private static boolean isDigit(char character) {
        return character >= '0' && character <= '9';
    }
}
