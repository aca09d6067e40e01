package io.millrace.trainer.config;

import java.time.Duration;

/** Checks shared by the configuration records; a message names the key, the value and what would be right. */
final class Checks {
    private Checks() {}

    static void range(String key, long value, long least, long most) {
        if (value < least || value > most) {
            throw new IllegalArgumentException("%s must be from %d to %d, was %d".formatted(key, least, most, value));
        }
    }

    static void range(String key, double value, double least, double most) {
        if (!(value >= least && value <= most)) {
            throw new IllegalArgumentException(key + " must be from " + least + " to " + most + ", was " + value);
        }
    }

    static void positive(String key, Duration value) {
        if (value.isZero() || value.isNegative()) {
            throw new IllegalArgumentException(key + " must be longer than zero, was " + value);
        }
    }
}
