package io.millrace.schemas;

import io.millrace.schemas.avro.Metrics;
import java.time.Instant;

/** How {@link Metrics} over all time are told from those over a window. */
public final class MetricsWindow {
    /** Start of all time. */
    public static final Instant ALL_START = Instant.EPOCH;
    /** End of all time. */
    public static final Instant ALL_END = Instant.parse("9999-12-31T23:59:59.999Z");

    private MetricsWindow() {}

    /** Whether these are over all time. */
    public static boolean isAll(Metrics metrics) {
        return metrics.getWindowEnd().equals(ALL_END);
    }
}
