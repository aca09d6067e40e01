package io.millrace.stream.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * Which group an event belongs to; the gate sees to it that no group gets worse, whatever the whole does.
 *
 * @param field of the input that tells the group, by the model's name or its own path
 * @param bands for a number: the bounds between groups, rising; empty when the field's value itself names the group
 */
public record SegmentConfig(String field, List<Double> bands) {
    private static final int MOST_BANDS = 100;

    /** Absent values take their defaults. */
    @JsonCreator
    public static SegmentConfig of(@Nullable String field, @Nullable List<Double> bands) {
        return new SegmentConfig(
                Checks.required("field", field, "name the field that tells the group of an event"),
                bands == null ? List.of() : bands);
    }

    public SegmentConfig {
        bands = List.copyOf(bands);
        Checks.range("number of bands", bands.size(), 0, MOST_BANDS);
        for (int i = 0; i < bands.size(); i++) {
            if (!Double.isFinite(bands.get(i)) || (i > 0 && bands.get(i) <= bands.get(i - 1))) {
                throw new IllegalArgumentException("bands must be finite numbers that rise, were " + bands);
            }
        }
    }
}
