package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.TreesConfig;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningTask;
import io.millrace.trainer.trees.TreesLearner;

/** Who learns in a fold of the protocol. */
public interface ProtocolLearners {

    /** Goes on from the pipeline's model. */
    Learner adapting();

    /** Makes a new model of {@link #beginning}. */
    Learner retraining();

    /** Where a new model begins. */
    Bundle beginning(Bundle bundle, LearningTask task) throws LearningException;

    /** Boosted trees; a new model is grown from nothing. */
    static ProtocolLearners trees(TreesConfig config) {
        // A round that would pass the most trees grows a new model: one that may have no more always does.
        TreesConfig fresh = new TreesConfig(
                config.freshRounds(),
                config.freshRounds(),
                config.freshRounds(),
                config.learningRate(),
                config.maxDepth());
        return new ProtocolLearners() {
            @Override
            public Learner adapting() {
                return new TreesLearner(config);
            }

            @Override
            public Learner retraining() {
                return new TreesLearner(fresh);
            }

            @Override
            public Bundle beginning(Bundle bundle, LearningTask task) {
                return bundle;
            }
        };
    }
}
