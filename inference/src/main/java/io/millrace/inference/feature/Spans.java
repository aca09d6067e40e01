package io.millrace.inference.feature;

import java.time.Duration;

/** What a span of time in a feature set may be. */
final class Spans {
    private static final Duration LONGEST = Duration.ofDays(36_525);

    private Spans() {}

    static void checked(String feature, String what, Duration span) {
        if (span.isNegative() || span.compareTo(LONGEST) > 0 || span.toNanosPart() % 1_000_000 != 0) {
            throw new IllegalArgumentException("the " + what + " of feature '" + feature
                    + "' must be whole milliseconds from 0 to 100 years, was " + span);
        }
    }
}
