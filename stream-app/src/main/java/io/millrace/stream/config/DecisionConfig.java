package io.millrace.stream.config;

import io.millrace.inference.bundle.Manifest;
import org.jspecify.annotations.Nullable;

/**
 * How a probability becomes a decision.
 *
 * @param threshold scores at or above it are decided positive and raise an alert; null takes the model's own
 */
public record DecisionConfig(@Nullable Double threshold) {
    public DecisionConfig {
        if (threshold != null && !(threshold >= 0 && threshold <= 1)) {
            throw new IllegalArgumentException("threshold must be from 0 to 1, was " + threshold);
        }
    }

    /** The threshold that a version is used with: the configured one, or else the version's own. */
    public double thresholdOf(Manifest manifest) {
        return threshold == null ? manifest.threshold() : threshold;
    }
}
