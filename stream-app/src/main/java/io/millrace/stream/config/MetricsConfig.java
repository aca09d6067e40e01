package io.millrace.stream.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * How the versions of a pipeline's model are judged by the labels that come in.
 *
 * @param window of event time that one set of metrics covers, beside the one over all; 7 days by default
 * @param every how often metrics are written at most; 5 s by default
 * @param k how many of the highest scores precision-at-k looks at; 100 by default
 */
public record MetricsConfig(Duration window, Duration every, int k) {
    /** Absent values take their defaults. */
    @JsonCreator
    public static MetricsConfig of(@Nullable Duration window, @Nullable Duration every, @Nullable Integer k) {
        return new MetricsConfig(
                window == null ? Duration.ofDays(7) : window,
                every == null ? Duration.ofSeconds(5) : every,
                k == null ? 100 : k);
    }

    /** The defaults. */
    public static MetricsConfig defaults() {
        return of(null, null, null);
    }

    public MetricsConfig {
        if (window.compareTo(Duration.ofMinutes(1)) < 0 || window.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException("window must be from 1m to 366d, was " + window);
        }
        if (every.compareTo(Duration.ofMillis(100)) < 0 || every.compareTo(Duration.ofHours(1)) > 0) {
            throw new IllegalArgumentException("every must be from 100ms to 1h, was " + every);
        }
        Checks.range("k", k, 1, 1_000_000);
    }
}
