package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.config.TreesConfig;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningTask;
import io.millrace.trainer.trees.TreesLearner;
import java.util.function.Supplier;

/** Who learns in a fold of the protocol. */
public interface ProtocolLearners {

    /**
     * What "static" is, and what {@link #adapting} goes on from.
     *
     * @param bundle the pipeline's model
     * @param earlier what was known {@value HandbookProtocol#STANDING_DAYS} days before
     */
    Standing standing(Bundle bundle, Supplier<LearningTask> earlier) throws LearningException;

    /** Goes on from {@link #standing}. */
    Learner adapting();

    /** Makes a new model of {@link #beginning}. */
    Learner retraining();

    /** Where a new model begins. */
    Bundle beginning(Bundle bundle, LearningTask task) throws LearningException;

    /**
     * Networks; a new one begins with random weights, by settings of its own.
     *
     * @param tuning how a network of an earlier window is tuned
     */
    static ProtocolLearners gradient(GradientConfig tuning) {
        return new NetworkLearners(tuning);
    }

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
            public Standing standing(Bundle bundle, Supplier<LearningTask> earlier) {
                return Standing.of(bundle);
            }

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
