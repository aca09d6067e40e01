package io.millrace.trainer.pretrain;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.trainer.data.EventColumns;
import io.millrace.trainer.trees.TreeSettings;
import java.time.Duration;

/**
 * How a first fraud model is made from a file.
 *
 * <p>Threading: immutable.
 *
 * @param model name of the model
 * @param features what the model looks at
 * @param columns where the parts of an event lie in the file
 * @param cardKey name of the key field that says whose transaction it is
 * @param labelDelay how long after a transaction its label is known
 * @param warmUpDays days at the start of the file that only fill the windows
 * @param trainingDays at most so many days are learned from, the newest that can be
 * @param holdOutDays days at the end of the file that judge the model; labels of the training days are known by then
 * @param trees how the trees are grown
 */
public record PretrainingSettings(
        String model,
        FeatureSet features,
        EventColumns columns,
        String cardKey,
        Duration labelDelay,
        int warmUpDays,
        int trainingDays,
        int holdOutDays,
        TreeSettings trees) {

    /** The name of the model unless another is wanted. */
    public static final String FRAUD_MODEL = "fraud";

    public PretrainingSettings {
        if (labelDelay.isNegative()) {
            throw new IllegalArgumentException("label delay must not be negative, was " + labelDelay);
        }
        if (warmUpDays < 0) {
            throw new IllegalArgumentException("warm-up days must not be negative, were " + warmUpDays);
        }
        if (trainingDays < 1) {
            throw new IllegalArgumentException("training days must be at least 1, were " + trainingDays);
        }
        if (holdOutDays < 1) {
            throw new IllegalArgumentException("hold-out days must be at least 1, were " + holdOutDays);
        }
    }

    /** What serves card transactions in the handbook's layout, with a given feature set and seed. */
    public static PretrainingSettings standard(FeatureSet features, long seed) {
        return new PretrainingSettings(
                FRAUD_MODEL,
                features,
                EventColumns.HANDBOOK,
                "customer_id",
                Duration.ofDays(7),
                37,
                30,
                14,
                TreeSettings.STANDARD.withSeed(seed));
    }

    /** The same, but for the name of the model. */
    public PretrainingSettings withModel(String newModel) {
        return new PretrainingSettings(
                newModel, features, columns, cardKey, labelDelay, warmUpDays, trainingDays, holdOutDays, trees);
    }

    /** The same, but for how the days of the file are used. */
    public PretrainingSettings withDays(int newWarmUpDays, int newTrainingDays, int newHoldOutDays) {
        return new PretrainingSettings(
                model, features, columns, cardKey, labelDelay, newWarmUpDays, newTrainingDays, newHoldOutDays, trees);
    }

    /** The delay in whole days, rounded up. */
    int labelDelayDays() {
        return Math.toIntExact(labelDelay.plusDays(1).minusNanos(1).toDays());
    }
}
