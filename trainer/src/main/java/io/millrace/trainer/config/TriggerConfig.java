package io.millrace.trainer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * When a round of training is due: whichever comes first.
 *
 * @param examples after so many new labels; 5,000 by default
 * @param interval after so much time, if there was any new label; 1 day by default. A backtest counts it in event time
 * @param drop when the live metric of the champion falls so far below what its hold-out promised; null: never
 */
public record TriggerConfig(
        int examples, Duration interval, @Nullable Double drop) {

    /** Absent values take their defaults. */
    @JsonCreator
    public static TriggerConfig of(@Nullable Integer examples, @Nullable Duration interval, @Nullable Double drop) {
        return new TriggerConfig(
                examples == null ? 5_000 : examples, interval == null ? Duration.ofDays(1) : interval, drop);
    }

    /** The defaults. */
    public static TriggerConfig defaults() {
        return of(null, null, null);
    }

    public TriggerConfig {
        Checks.range("examples", examples, 1, 1_000_000_000);
        Checks.positive("interval", interval);
        if (drop != null) {
            Checks.range("drop", drop, 0.0, 1.0);
        }
    }
}
