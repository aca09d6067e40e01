package io.millrace.stream.config;

import com.fasterxml.jackson.annotation.JsonCreator;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * Where the labels of a pipeline arrive.
 *
 * @param topic the feedback topic, keyed by event id
 * @param horizon how long scored events wait for their label; 35 days by default
 * @param column the column of a file that holds the label, for those commands that replay a file
 * @param positive the value of that column that means the positive class; "1" by default
 * @param segment which group an event belongs to; null when groups are not told apart
 */
public record LabelsConfig(
        String topic,
        Duration horizon,
        @Nullable String column,
        String positive,
        @Nullable SegmentConfig segment) {
    /** Absent values take their defaults. */
    @JsonCreator
    public static LabelsConfig of(
            @Nullable String topic,
            @Nullable Duration horizon,
            @Nullable String column,
            @Nullable String positive,
            @Nullable SegmentConfig segment) {
        return new LabelsConfig(
                topic == null ? "feedback" : topic,
                horizon == null ? Duration.ofDays(35) : horizon,
                column,
                positive == null ? "1" : positive,
                segment);
    }

    /** Labels without segments; absent values take their defaults. */
    public static LabelsConfig of(
            @Nullable String topic, @Nullable Duration horizon, @Nullable String column, @Nullable String positive) {
        return of(topic, horizon, column, positive, null);
    }

    public LabelsConfig {
        Checks.positive("horizon", horizon);
        if (horizon.compareTo(Duration.ofDays(366)) > 0) {
            throw new IllegalArgumentException("horizon must be at most 366d, was " + horizon.toDays() + "d");
        }
    }
}
