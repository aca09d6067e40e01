package io.millrace.trainer.config;

/** What says which epoch of a tuning was the best, asked of examples that were not learned from. */
public enum StoppingMetric {
    /** The smallest cross entropy: it also wants the probabilities right. */
    LOSS,
    /** The most classes right; of epochs that are equal in that, the smaller loss. */
    ACCURACY
}
