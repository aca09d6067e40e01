package io.millrace.inference.feature;

/**
 * The logarithm of a number of the event: {@code ln(1 + x)}, and {@code -ln(1 - x)} below zero, so that refunds have a
 * finite value too.
 *
 * <p>Threading: immutable.
 *
 * @param field a number field of the event
 */
public record LogFeature(String name, String field) implements FeatureDefinition {
    public LogFeature {
        Names.checked(name, "a feature's name");
        Names.checked(field, "the field of feature '" + name + "'");
    }
}
