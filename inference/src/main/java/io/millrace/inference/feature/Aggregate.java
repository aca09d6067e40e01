package io.millrace.inference.feature;

/** What a {@link WindowFeature} computes over the events in its window; each is 0 over an empty window. */
public enum Aggregate {
    /** How many events. */
    COUNT(false),
    /** Mean of a field. */
    MEAN(true),
    /** Sum of a field. */
    SUM(true),
    /** Highest value of a field. */
    MAX(true),
    /** How many of the events carry a positive label, divided by how many events. */
    POSITIVE_SHARE(false);

    private final boolean ofField;

    Aggregate(boolean ofField) {
        this.ofField = ofField;
    }

    /** Whether it is computed from the values of a field, not from the mere events. */
    public boolean isOfField() {
        return ofField;
    }
}
