package io.millrace.inference.feature;

import com.fasterxml.jackson.annotation.JsonCreator;
import com.fasterxml.jackson.annotation.JsonProperty;
import java.time.Duration;
import org.jspecify.annotations.Nullable;

/**
 * An aggregate over an entity's events in {@code (t - delay - length, t - delay]}, where t is the event's own time: open
 * on the left, closed on the right. Without a delay the event itself is in its window.
 *
 * <p>Threading: immutable.
 *
 * @param entity the key field that names the entity
 * @param field the number field to aggregate; null for the aggregates that need none. If it is the name of a
 *     {@link HistoryFeature} of the same entity, that feature's value of the entity's earlier events is aggregated, without
 *     the event itself
 * @param length whole milliseconds, more than none
 * @param delay how far the window lies behind the event; zero if left out in YAML
 */
public record WindowFeature(
        String name,
        String entity,
        Aggregate aggregate,
        @Nullable String field,
        Duration length,
        Duration delay) implements EntityDefinition {
    public WindowFeature {
        Names.checked(name, "a feature's name");
        Names.checked(entity, "the entity of feature '" + name + "'");
        if (aggregate.isOfField()) {
            if (field == null) {
                throw new IllegalArgumentException("feature '" + name + "' is a " + aggregate
                        + " of nothing; name the number field that it aggregates in 'field'");
            }
            Names.checked(field, "the field of feature '" + name + "'");
        } else if (field != null) {
            throw new IllegalArgumentException("feature '" + name + "' is a " + aggregate
                    + ", which has no use for the field '" + field + "'; leave 'field' out");
        }
        Spans.checked(name, "length", length);
        Spans.checked(name, "delay", delay);
        if (length.isZero()) {
            throw new IllegalArgumentException(
                    "the length of feature '" + name + "' must be more than zero, was " + length);
        }
    }

    @JsonCreator
    static WindowFeature of(
            @JsonProperty("name") String name,
            @JsonProperty("entity") String entity,
            @JsonProperty("aggregate") Aggregate aggregate,
            @JsonProperty("field") @Nullable String field,
            @JsonProperty("length") Duration length,
            @JsonProperty("delay") @Nullable Duration delay) {
        return new WindowFeature(name, entity, aggregate, field, length, delay == null ? Duration.ZERO : delay);
    }
}
