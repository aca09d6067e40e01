package io.millrace.inference.feature;

/**
 * How unusual a number of the event is for its entity: compared with a running mean over all of the entity's earlier
 * events, in which a number counts for at most three times the mean so far, so that frauds do not become usual.
 *
 * <p>With k earlier events, mean m and mean square s: the ratio is {@code a / max(m, 0.01)}; the z-score is
 * {@code (a - m) / max(d, 0.1 m + 0.01)}, where d is {@code sqrt(s - m²)} from five events on, and {@code m / 2} before.
 *
 * <p>The value is kept with the event: a {@link WindowFeature} of the same entity may name this feature as its field.
 *
 * <p>Threading: immutable.
 *
 * @param field a number field of the event
 */
public record HistoryFeature(String name, String entity, HistoryMeasure measure, String field)
        implements EntityDefinition {
    public HistoryFeature {
        Names.checked(name, "a feature's name");
        Names.checked(entity, "the entity of feature '" + name + "'");
        Names.checked(field, "the field of feature '" + name + "'");
    }
}
