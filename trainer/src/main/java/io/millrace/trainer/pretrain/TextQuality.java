package io.millrace.trainer.pretrain;

import io.millrace.inference.metrics.ProbabilityMetrics;
import io.millrace.inference.metrics.ScoredLabels;

/**
 * How well a model tells the last of two classes from the first on some texts. A text is taken for the last class from a
 * probability of one half on.
 *
 * <p>Threading: immutable.
 *
 * @param texts how many were scored
 * @param accuracy share of right answers
 * @param balancedAccuracy mean of the shares of right answers in each class
 * @param logLoss mean surprise
 * @param brier mean squared miss
 * @param calibrationError how far, on average, the share of right answers is from the probability that was given
 */
public record TextQuality(
        int texts, double accuracy, double balancedAccuracy, double logLoss, double brier, double calibrationError) {

    private static final double HALF = 0.5;

    static TextQuality of(float[][] probabilities, int[] labels) {
        double[] scores = new double[labels.length];
        boolean[] positives = new boolean[labels.length];
        int[] right = new int[2];
        int[] all = new int[2];
        for (int row = 0; row < labels.length; row++) {
            scores[row] = probabilities[row][1];
            positives[row] = labels[row] == 1;
            all[labels[row]]++;
            right[labels[row]] += (scores[row] >= HALF) == positives[row] ? 1 : 0;
        }
        ScoredLabels scored = new ScoredLabels(scores, positives);
        return new TextQuality(
                labels.length,
                (double) (right[0] + right[1]) / labels.length,
                ((double) right[0] / all[0] + (double) right[1] / all[1]) / 2,
                ProbabilityMetrics.logLoss(scored),
                ProbabilityMetrics.brier(scored),
                ProbabilityMetrics.expectedCalibrationError(scored));
    }
}
