package io.millrace.inference.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * The run of positive labels that an entity is in: its positive events, in the order of events, since the last negative
 * one. Events without a label, and positive ones that are explained, neither end a run nor make it longer.
 *
 * <p>Threading: immutable.
 *
 * @param entity the key field that names the entity
 * @param delay how old an event must be for its label to count; zero if left out in YAML
 * @param horizon how old an event may be for its label to count still; 35 days if left out in YAML. Events are kept as
 *     long
 * @param explainedBy what makes a positive event count for nothing; the runs of one entity name the same, or none
 */
public record LabelRunFeature(
        String name,
        String entity,
        LabelRunMeasure measure,
        Duration delay,
        Duration horizon,
        @Nullable Explanation explainedBy)
        implements EntityDefinition {
    public static final Duration DEFAULT_HORIZON = Duration.ofDays(35);

    public LabelRunFeature {
        Names.checked(name, "a feature's name");
        Names.checked(entity, "the entity of feature '" + name + "'");
        Spans.checked(name, "delay", delay);
        Spans.checked(name, "horizon", horizon);
        if (horizon.compareTo(delay) <= 0) {
            throw new IllegalArgumentException("the horizon of feature '" + name + "' must be longer than its delay of "
                    + delay + ", was " + horizon + "; no label would ever count");
        }
    }

    @JsonCreator
    static LabelRunFeature of(
            @JsonProperty("name") String name,
            @JsonProperty("entity") String entity,
            @JsonProperty("measure") LabelRunMeasure measure,
            @JsonProperty("delay") @Nullable Duration delay,
            @JsonProperty("horizon") @Nullable Duration horizon,
            @JsonProperty("explained-by") @Nullable Explanation explainedBy) {
        return new LabelRunFeature(
                name,
                entity,
                measure,
                delay == null ? Duration.ZERO : delay,
                horizon == null ? DEFAULT_HORIZON : horizon,
                explainedBy);
    }
}
