package io.millrace.stream.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a batch closes: at so many rows, or when its oldest row has waited so long; a commit closes it anyway.
 *
 * @param rows rows that close a batch at once; 256 by default
 * @param linger longest wait of the oldest row; 5 ms by default
 */
public record BatchConfig(int rows, Duration linger) {
    static final int DEFAULT_ROWS = 256;
    static final Duration DEFAULT_LINGER = Duration.ofMillis(5);

    /** Absent values take their defaults. */
    @JsonCreator
    public static BatchConfig of(@Nullable Integer rows, @Nullable Duration linger) {
        return new BatchConfig(rows == null ? DEFAULT_ROWS : rows, linger == null ? DEFAULT_LINGER : linger);
    }

    /** The defaults. */
    public static BatchConfig defaults() {
        return new BatchConfig(DEFAULT_ROWS, DEFAULT_LINGER);
    }

    public BatchConfig {
        Checks.range("rows", rows, 1, 65_536);
        Checks.positive("linger", linger);
        if (linger.compareTo(Duration.ofMillis(1)) < 0 || linger.compareTo(Duration.ofMinutes(1)) > 0) {
            throw new IllegalArgumentException("linger must be from 1ms to 1m, was " + linger);
        }
    }
}
