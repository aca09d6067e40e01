package io.millrace.inference.feature;

/** How a {@link HistoryFeature} compares a number with the entity's running mean of it. */
public enum HistoryMeasure {
    /** The number divided by the mean; 1 for the first event. */
    RATIO,
    /** How many standard deviations the number lies above the mean; 0 for the first event. */
    Z_SCORE
}
