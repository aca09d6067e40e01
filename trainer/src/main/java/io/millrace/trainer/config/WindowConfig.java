package io.millrace.trainer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Which examples a round uses, by event time, counted back from the newest labelled event: first the hold-out that
 * judges, before it what is learned from, before that what is replayed.
 *
 * @param span of training and hold-out together; 30 days by default
 * @param holdOut share of the window's examples, the latest, that only the gate sees; 0.25 by default
 * @param validation share of the others, the latest, for early stopping; 0.1 by default; trees learn from them too
 * @param replay at most so many older examples are replayed, drawn by the seed; 0 by default
 * @param minExamples a round with fewer examples in the window is put off; 1,000 by default
 * @param minPositives a round with fewer of the rarest class in training or hold-out is put off; 20 by default
 */
public record WindowConfig(
        Duration span, double holdOut, double validation, int replay, int minExamples, int minPositives) {

    /** Absent values take their defaults. */
    @JsonCreator
    public static WindowConfig of(
            @Nullable Duration span,
            @Nullable Double holdOut,
            @Nullable Double validation,
            @Nullable Integer replay,
            @Nullable Integer minExamples,
            @Nullable Integer minPositives) {
        return new WindowConfig(
                span == null ? Duration.ofDays(30) : span,
                holdOut == null ? 0.25 : holdOut,
                validation == null ? 0.1 : validation,
                replay == null ? 0 : replay,
                minExamples == null ? 1_000 : minExamples,
                minPositives == null ? 20 : minPositives);
    }

    /** The defaults. */
    public static WindowConfig defaults() {
        return of(null, null, null, null, null, null);
    }

    public WindowConfig {
        Checks.positive("span", span);
        Checks.range("hold-out", holdOut, 0.05, 0.9);
        Checks.range("validation", validation, 0.0, 0.5);
        Checks.range("replay", replay, 0, 100_000_000);
        Checks.range("min-examples", minExamples, 2, 1_000_000_000);
        Checks.range("min-positives", minPositives, 1, 1_000_000);
    }
}
