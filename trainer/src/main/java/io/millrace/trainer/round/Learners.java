package io.millrace.trainer.round;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.LearnerKind;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.gradient.GradientLearner;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.trees.BoosterBlob;
import io.millrace.trainer.trees.TreesLearner;

/** Picks the learner of a model. */
public final class Learners {
    private Learners() {}

    /** The configured learner; if none is configured, trees for a champion with a booster, else gradients. */
    public static Learner of(TrainingConfig config, Bundle champion) {
        return switch (kind(config, champion)) {
            case TREES -> new TreesLearner(config.trees());
            case GRADIENT -> new GradientLearner(config.gradient(), null);
        };
    }

    private static LearnerKind kind(TrainingConfig config, Bundle champion) {
        LearnerKind configured = config.learner();
        if (configured != null) {
            return configured;
        }
        return champion.blobs().containsKey(BoosterBlob.PATH) ? LearnerKind.TREES : LearnerKind.GRADIENT;
    }
}
