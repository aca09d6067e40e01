package io.millrace.inference.feature;

/**
 * A number of the event as it is.
 *
 * <p>Threading: immutable.
 *
 * @param field a number field of the event
 */
public record FieldFeature(String name, String field) implements FeatureDefinition {
    public FieldFeature {
        Names.checked(name, "a feature's name");
        Names.checked(field, "the field of feature '" + name + "'");
    }
}
