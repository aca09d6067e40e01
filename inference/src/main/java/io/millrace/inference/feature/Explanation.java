package io.millrace.inference.feature;

/**
 * A positive event that something else explains, as an unusual amount explains a fraud that says nothing of the terminal.
 *
 * <p>Threading: immutable.
 *
 * @param feature one that is there when the entity's stage begins: of the event itself, of an earlier stage, or of the
 *     entity's own history
 * @param above the event is explained if the feature's value was above this
 */
public record Explanation(String feature, double above) {
    public Explanation {
        Names.checked(feature, "the feature of an explanation");
        if (!Double.isFinite(above)) {
            throw new IllegalArgumentException(
                    "the limit of an explanation by '" + feature + "' must be a finite number, was " + above);
        }
    }
}
