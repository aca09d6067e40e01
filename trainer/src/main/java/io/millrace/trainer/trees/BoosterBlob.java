package io.millrace.trainer.trees;

import io.millrace.inference.bundle.Bundle;
import io.millrace.trainer.learn.LearningException;

/**
 * The champion's booster, checked to fit the champion.
 *
 * <p>Threading: immutable.
 *
 * @param bytes XGBoost's binary form
 * @param trees how many trees it has
 * @param width features a row
 */
@SuppressWarnings("ArrayRecordComponent") // handed on, never compared
public record BoosterBlob(byte[] bytes, int trees, int width) {

    /** Where a bundle keeps it. */
    public static final String PATH = "booster.ubj";

    static BoosterBlob of(Bundle champion) throws LearningException {
        String model = "model " + champion.manifest().name();
        byte[] bytes = champion.blobs().get(PATH);
        if (bytes == null) {
            throw new LearningException(model + " has no " + PATH + " to go on from, its files are "
                    + champion.blobs().keySet()
                    + ": publish a version with its booster, or choose the gradient learner");
        }
        BoostedTrees trees;
        try {
            trees = BoostedTrees.ofXgboostJson(TreeTrainer.read(bytes).json());
        } catch (IllegalArgumentException unusable) {
            throw new LearningException(
                    model + ": " + PATH + " cannot be continued: " + unusable.getMessage(), unusable);
        }
        return new BoosterBlob(bytes, trees.trees().size(), trees.width());
    }
}
