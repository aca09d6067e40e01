package io.millrace.trainer.service;

import io.millrace.inference.config.Durations;
import io.millrace.trainer.config.TriggerConfig;
import java.time.Instant;
import java.util.Locale;
import java.util.Optional;
import org.jspecify.annotations.Nullable;

/**
 * Decides when a run is due.
 *
 * <p>Threading: immutable.
 *
 * @param metric its name, for the words
 */
public record Trigger(TriggerConfig config, String metric) {
    /** After a drop, a run needs so many new labels all the same: without any, it would only repeat the last one. */
    private static final int DROP_SHARE = 10;

    /**
     * What is known of a model.
     *
     * @param newLabels that no run has used
     * @param lastRunAt when the last run ended, or the champion was published if there was none
     * @param live the champion's metric in the stream; null when it is not known
     * @param promised the champion's metric on the hold-out of its own run; null when it is not known
     */
    public record Standing(
            int newLabels,
            Instant lastRunAt,
            @Nullable Double live,
            @Nullable Double promised) {}

    /** Why a run is due, in words; empty if none is. */
    public Optional<String> due(Standing standing, Instant now) {
        if (standing.newLabels() >= config.examples()) {
            return Optional.of(standing.newLabels() + " new labels");
        }
        if (standing.newLabels() > 0 && !now.isBefore(standing.lastRunAt().plus(config.interval()))) {
            return Optional.of(
                    Durations.format(config.interval()) + " have passed, " + standing.newLabels() + " new labels");
        }
        Double drop = config.drop();
        Double live = standing.live();
        Double promised = standing.promised();
        if (drop != null
                && live != null
                && promised != null
                && promised - live >= drop
                && standing.newLabels() >= Math.max(1, config.examples() / DROP_SHARE)) {
            return Optional.of(String.format(
                    Locale.ROOT, "%s fell by %.3f, from %.3f to %.3f", metric, promised - live, promised, live));
        }
        return Optional.empty();
    }
}
