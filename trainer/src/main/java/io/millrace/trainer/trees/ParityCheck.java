package io.millrace.trainer.trees;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.inference.onnx.ScoreBatch;
import io.millrace.trainer.data.TrainingRows;

/**
 * Compares what the running stream's own scorer makes of an exported model with what the learner itself says.
 *
 * <p>Threading: stateless.
 */
public final class ParityCheck {

    /** The most that two probabilities of one row may differ. */
    public static final double TOLERANCE = 1e-5;

    private static final int BATCH_ROWS = 512;

    private ParityCheck() {}

    /**
     * Scores the rows with the exported model and compares.
     *
     * @param expected the learner's probability of the positive class, row by row
     * @throws IllegalStateException if it is above {@link #TOLERANCE}: the export is wrong and must not be used
     */
    public static Parity requireEqual(LoadedModel model, TrainingRows rows, float[] expected) {
        double[] actual = score(model, rows);
        double worst = 0;
        int worstRow = 0;
        for (int row = 0; row < expected.length; row++) {
            double difference = Math.abs(actual[row] - expected[row]);
            // Written so that a NaN is a failure too.
            if (!(difference <= worst)) {
                worst = difference;
                worstRow = row;
            }
        }
        if (!(worst <= TOLERANCE)) {
            throw new IllegalStateException("the exported model differs from its trees by " + worst + " in row "
                    + worstRow + " (" + actual[worstRow] + " against " + expected[worstRow] + "), allowed is "
                    + TOLERANCE + ": the export is not usable");
        }
        return new Parity(actual, worst);
    }

    /** The model's probability of the positive class, row by row. */
    public static double[] score(LoadedModel model, TrainingRows rows) {
        ScoreBatch batch = model.newBatch(BATCH_ROWS);
        int positive = batch.classes() - 1;
        double[] probabilities = new double[rows.rows()];
        double[] features = new double[rows.width()];
        for (int start = 0; start < rows.rows(); start += BATCH_ROWS) {
            int end = Math.min(rows.rows(), start + BATCH_ROWS);
            for (int row = start; row < end; row++) {
                for (int column = 0; column < features.length; column++) {
                    features[column] = rows.values()[row * rows.width() + column];
                }
                batch.add(features);
            }
            model.score(batch);
            for (int row = start; row < end; row++) {
                probabilities[row] = batch.probability(row - start, positive);
            }
            batch.clear();
        }
        return probabilities;
    }
}
