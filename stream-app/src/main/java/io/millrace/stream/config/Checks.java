package io.millrace.stream.config;

import java.time.Duration;
import org.jspecify.annotations.Nullable;

/** Checks shared by the configuration records; a message names the key, the value and what would be right. */
final class Checks {
    private Checks() {}

    static String required(String key, @Nullable String value, String remedy) {
        if (value == null || value.isBlank()) {
            throw new IllegalArgumentException(key + " is missing: " + remedy);
        }
        return value;
    }

    static int range(String key, int value, int least, int most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be from %d to %d, was %d".formatted(key, least, most, value));
        }
        return value;
    }

    static Duration positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + " must be longer than zero, was " + value);
        }
        return value;
    }
}
