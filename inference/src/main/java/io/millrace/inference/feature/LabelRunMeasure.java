package io.millrace.inference.feature;

/** What a {@link LabelRunFeature} tells of the run; days are those of UTC. */
public enum LabelRunMeasure {
    /** How many positive events the run has; 0 without one. */
    LENGTH,
    /** Days since the run's first event; -1 without a run. */
    AGE_DAYS,
    /** Days since the last negative event before the run; 99 if there was none, -1 without a run. */
    GAP_DAYS
}
