package io.millrace.inference.feature;

import com.fasterxml.jackson.annotation.JsonSubTypes;
import com.fasterxml.jackson.annotation.JsonTypeInfo;

/**
 * How one input of a model is made from the events so far. In YAML, {@code kind} says which.
 *
 * <p>Threading: immutable.
 */
@JsonTypeInfo(use = JsonTypeInfo.Id.NAME, property = "kind")
@JsonSubTypes({
    @JsonSubTypes.Type(value = FieldFeature.class, name = "field"),
    @JsonSubTypes.Type(value = LogFeature.class, name = "log"),
    @JsonSubTypes.Type(value = CalendarFeature.class, name = "calendar"),
    @JsonSubTypes.Type(value = WindowFeature.class, name = "window"),
    @JsonSubTypes.Type(value = HistoryFeature.class, name = "history"),
    @JsonSubTypes.Type(value = LabelRunFeature.class, name = "label-run")
})
public sealed interface FeatureDefinition permits FieldFeature, LogFeature, CalendarFeature, EntityDefinition {
    /** Unique in its feature set; the name of the input in scores and reports. */
    String name();
}
