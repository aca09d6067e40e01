package io.millrace.inference.feature;

/**
 * A feature that is made from the events of one entity, and so has a place in that entity's stage.
 *
 * <p>Threading: immutable.
 */
public sealed interface EntityDefinition extends FeatureDefinition
        permits WindowFeature, HistoryFeature, LabelRunFeature {
    /** The key field that names the entity. */
    String entity();
}
