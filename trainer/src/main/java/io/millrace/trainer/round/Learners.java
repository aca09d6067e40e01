package io.millrace.trainer.round;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.config.LearnerKind;
import io.millrace.trainer.config.TrainingConfig;
import io.millrace.trainer.learn.Learner;
import io.millrace.trainer.learn.LearningException;
import io.millrace.trainer.trees.BoosterBlob;
import io.millrace.trainer.trees.TreesLearner;

/** Picks the learner of a model. */
public final class Learners {
    private Learners() {}

    /**
     * The configured learner; if none is configured, trees for a champion with a booster, else gradients.
     *
     * @throws LearningException if there is no such learner
     */
    public static Learner of(TrainingConfig config, Bundle champion) throws LearningException {
        return switch (kind(config, champion)) {
            case TREES -> new TreesLearner(config.trees());
            case GRADIENT ->
                throw new LearningException("model '" + champion.manifest().name() + "' has no " + BoosterBlob.PATH
                        + ", and the gradient learner is not part of this build");
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
