package io.millrace.trainer.config;

/** The learners there are. */
public enum LearnerKind {
    /** Boosted trees, continued from the champion's booster. */
    TREES,
    /** The champion's own graph, tuned by gradients. */
    GRADIENT
}
