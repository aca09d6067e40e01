package io.millrace.cli.backtest;

import io.millrace.inference.bundle.Bundle;
import io.millrace.inference.bundle.Manifest;
import io.millrace.inference.feature.FeatureSet;
import io.millrace.trainer.config.GradientConfig;
import io.millrace.trainer.gradient.GradientLearner;
import io.millrace.trainer.gradient.NetworkTemplate;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.learn.LearningTask;
import java.util.List;
import java.util.function.Supplier;

/**
 * Small networks over the pipeline's features. The pipeline's own model may be no network, so that of an earlier window
 * stands in for it.
 *
 * <p>Threading: immutable.
 *
 * @param tuning how the standing network is tuned
 */
record NetworkLearners(GradientConfig tuning) implements ProtocolLearners {
    // Chosen on the validation folds (training weeks from 2018-07-11, 07-04, 06-27 and 06-20, windows of 21 days): an
    // average precision of .7350, against .7288 with a patience of 4, .7279 for 128-64 units at 3e-3, and .7107 for a
    // batch of 512 over 10 epochs at 2e-3. All epochs are run, and the weights of the best one kept.
    private static final List<Integer> HIDDEN = List.of(64, 32);
    private static final GradientConfig FRESH = GradientConfig.of(5e-3, 0.01, null, 20, 256, null, 20, null, null);

    @Override
    public Standing standing(Bundle bundle, Supplier<LearningTask> earlier) throws LearningException {
        LearningTask task = earlier.get();
        if (task.training().count(1) == 0) {
            throw new LearningException("the window that ends four weeks before a fold's has "
                    + task.training().size()
                    + " rows and no positive one to learn the standing network from: choose a later --train-start");
        }
        Learner learner = retraining();
        return new Standing(
                HandbookProtocol.learned(learner, beginning(bundle, task), task),
                learner.name(),
                HandbookProtocol.rows(task));
    }

    @Override
    public Learner adapting() {
        return new GradientLearner(tuning, null);
    }

    @Override
    public Learner retraining() {
        return new GradientLearner(FRESH, null);
    }

    @Override
    public Bundle beginning(Bundle bundle, LearningTask task) throws LearningException {
        Manifest like = bundle.manifest();
        FeatureSet features = like.featureSet();
        if (features == null) {
            throw new LearningException("model " + like.name() + " has no feature set: a network needs features");
        }
        return new NetworkTemplate(HIDDEN, task.seed())
                .bundle(like.name(), features, like.classes(), task.training().rows(features.size()));
    }
}
