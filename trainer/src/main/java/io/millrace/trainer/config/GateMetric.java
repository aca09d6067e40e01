package io.millrace.trainer.config;

/** What the gate compares; of each, more is better. */
public enum GateMetric {
    AVERAGE_PRECISION,
    ROC_AUC,
    /** Share of right decisions at the threshold. */
    ACCURACY,
    /** Mean over the classes of the share of each that is found: a shift of class shares alone gains nothing. */
    BALANCED_ACCURACY,
    /** The negative of the log loss. */
    LOG_LIKELIHOOD
}
