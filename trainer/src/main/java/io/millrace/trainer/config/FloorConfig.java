package io.millrace.trainer.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import org.jspecify.annotations.Nullable;

/**
 * How much of what a model was first made for may be forgotten. It is asked only of models that carry a replay set.
 *
 * @param pointsLost the most points (hundredths) of accuracy on the first domain that may be lost, counted from the
 *     model that was first made and not from the champion; 1 by default
 */
public record FloorConfig(double pointsLost) {

    /** Absent values take their defaults. */
    @JsonCreator
    public static FloorConfig of(@Nullable Double pointsLost) {
        return new FloorConfig(pointsLost == null ? 1 : pointsLost);
    }

    public FloorConfig {
        Checks.range("points-lost", pointsLost, 0.0, 100.0);
    }
}
