package io.millrace.trainer.trees;

import io.millrace.trainer.data.TrainingRows;
import java.io.IOException;
import java.io.UncheckedIOException;
import java.util.Map;
import ml.dmlc.xgboost4j.java.Booster;
import ml.dmlc.xgboost4j.java.DMatrix;
import ml.dmlc.xgboost4j.java.XGBoost;
import ml.dmlc.xgboost4j.java.XGBoostError;
import org.jspecify.annotations.Nullable;

/**
 * Grows boosted trees for a yes-or-no question with XGBoost, deterministically: same rows, settings and library
 * version give the same bytes.
 *
 * <p>Threading: may be shared; each call works on its own native objects. Lifecycle: all native memory is freed
 * before a call returns.
 */
public final class TreeTrainer {

    private final TreeSettings settings;

    public TreeTrainer(TreeSettings settings) {
        this.settings = settings;
    }

    /** Grows trees from nothing. */
    public TrainedTrees train(TrainingRows rows) {
        return train(rows, null, null);
    }

    /** Grows trees from nothing, with a weight for each row. */
    public TrainedTrees train(TrainingRows rows, float[] weights) {
        return train(rows, weights, null);
    }

    /** Adds {@link TreeSettings#rounds()} trees to a booster that {@link TrainedTrees#booster()} gave. */
    public TrainedTrees continueFrom(byte[] booster, TrainingRows rows) {
        return train(rows, null, booster);
    }

    /** Adds trees to a booster, with a weight for each row. */
    public TrainedTrees continueFrom(byte[] booster, TrainingRows rows, float[] weights) {
        return train(rows, weights, booster);
    }

    private TrainedTrees train(TrainingRows rows, float @Nullable [] weights, byte @Nullable [] start) {
        requireBothClasses(rows);
        try {
            DMatrix matrix = new DMatrix(rows.values(), rows.rows(), rows.width(), Float.NaN);
            try {
                matrix.setLabel(rows.labels());
                if (weights != null) {
                    matrix.setWeight(weights);
                }
                return train(matrix, start);
            } finally {
                matrix.dispose();
            }
        } catch (XGBoostError failure) {
            throw new IllegalStateException(
                    "XGBoost could not train on " + rows.rows() + " rows with " + settings + ": "
                            + failure.getMessage(),
                    failure);
        }
    }

    private TrainedTrees train(DMatrix matrix, byte @Nullable [] start) throws XGBoostError {
        Booster base = start == null ? null : load(start);
        try {
            Booster trained =
                    XGBoost.train(matrix, settings.toXgboost(), settings.rounds(), Map.of(), null, null, null, 0, base);
            try {
                return new TrainedTrees(trained.toByteArray("ubj"), trained.toByteArray("json"));
            } finally {
                trained.dispose();
            }
        } finally {
            if (base != null) {
                base.dispose();
            }
        }
    }

    /**
     * Reads a booster in XGBoost's binary form.
     *
     * @throws IllegalArgumentException if the bytes are none
     */
    public static TrainedTrees read(byte[] booster) {
        try {
            Booster loaded = load(booster);
            try {
                return new TrainedTrees(booster, loaded.toByteArray("json"));
            } finally {
                loaded.dispose();
            }
        } catch (XGBoostError unreadable) {
            throw new IllegalArgumentException(
                    "the " + booster.length + " bytes are no booster: " + unreadable.getMessage(), unreadable);
        }
    }

    /** The probabilities that XGBoost itself gives, row by row; what an export is measured against. */
    public static float[] probabilities(TrainedTrees trees, TrainingRows rows) {
        try {
            Booster booster = load(trees.booster());
            try {
                DMatrix matrix = new DMatrix(rows.values(), rows.rows(), rows.width(), Float.NaN);
                try {
                    float[][] predicted = booster.predict(matrix);
                    float[] probabilities = new float[predicted.length];
                    for (int row = 0; row < predicted.length; row++) {
                        probabilities[row] = predicted[row][0];
                    }
                    return probabilities;
                } finally {
                    matrix.dispose();
                }
            } finally {
                booster.dispose();
            }
        } catch (XGBoostError failure) {
            throw new IllegalStateException("XGBoost could not score: " + failure.getMessage(), failure);
        }
    }

    private static Booster load(byte[] booster) throws XGBoostError {
        try {
            Booster loaded = XGBoost.loadModel(booster);
            loaded.setParam("nthread", 1);
            return loaded;
        } catch (IOException unreadable) {
            throw new UncheckedIOException("the booster of " + booster.length + " bytes cannot be read", unreadable);
        }
    }

    private static void requireBothClasses(TrainingRows rows) {
        int positives = rows.positiveCount();
        if (positives == 0 || positives == rows.rows()) {
            throw new IllegalArgumentException("training needs rows of both classes, got " + positives + " positive of "
                    + rows.rows() + ": take a longer training period");
        }
    }
}
