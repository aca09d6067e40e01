package io.millrace.trainer.config;

/** What the gate compares; of each, more is better. */
public enum GateMetric {
    AVERAGE_PRECISION,
    ROC_AUC,
    /** Share of right decisions at the threshold. */
    ACCURACY,
    /** The negative of the log loss. */
    LOG_LIKELIHOOD
}
