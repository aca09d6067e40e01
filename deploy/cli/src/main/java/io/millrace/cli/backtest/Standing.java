package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;

/**
 * The model that serves when a fold begins.
 *
 * <p>Threading: immutable.
 *
 * @param learner that made it in the backtest; "none" for the pipeline's own
 * @param trainingRows how many rows of the file it learned from
 */
public record Standing(Bundle bundle, String learner, int trainingRows) {

    /** The pipeline's own model. */
    static Standing of(Bundle bundle) {
        return new Standing(bundle, "none", 0);
    }
}
