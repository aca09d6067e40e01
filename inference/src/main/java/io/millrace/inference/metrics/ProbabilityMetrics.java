package io.millrace.inference.metrics;

/**
 * Metrics that judge the scores as probabilities, not only their order.
 *
 * <p>Threading: stateless.
 */
public final class ProbabilityMetrics {

    /** Probabilities are kept this far from 0 and 1, so that one sure mistake costs 34.5 and not infinity. */
    static final double CLIP = 1e-15;

    /** Bins of equal width, as in Guo et al., On Calibration of Modern Neural Networks, 2017. */
    private static final int CALIBRATION_BINS = 15;

    private static final double HALF = 0.5;

    private ProbabilityMetrics() {}

    /** Mean negative natural logarithm of the probability given to what was true. */
    public static double logLoss(ScoredLabels rows) {
        requireRows(rows, "log loss");
        double sum = 0;
        for (int row = 0; row < rows.size(); row++) {
            double probability = rows.positives()[row] ? rows.scores()[row] : 1 - rows.scores()[row];
            sum -= Math.log(Math.min(1 - CLIP, Math.max(CLIP, probability)));
        }
        return sum / rows.size();
    }

    /** Mean squared distance between the probability and the truth (1 or 0). */
    public static double brier(ScoredLabels rows) {
        requireRows(rows, "the Brier score");
        double sum = 0;
        for (int row = 0; row < rows.size(); row++) {
            double miss = rows.scores()[row] - (rows.positives()[row] ? 1 : 0);
            sum += miss * miss;
        }
        return sum / rows.size();
    }

    /**
     * How far the share of right answers is from the confidence with which they were given, on average over bins of
     * confidence weighed by their rows. The answer is the likelier class, the confidence its probability.
     */
    public static double expectedCalibrationError(ScoredLabels rows) {
        requireRows(rows, "the expected calibration error");
        double[] gaps = new double[CALIBRATION_BINS];
        for (int row = 0; row < rows.size(); row++) {
            double score = rows.scores()[row];
            boolean answer = score >= HALF;
            double confidence = answer ? score : 1 - score;
            int bin = Math.min(CALIBRATION_BINS - 1, (int) (confidence * CALIBRATION_BINS));
            gaps[bin] += (answer == rows.positives()[row] ? 1 : 0) - confidence;
        }
        double sum = 0;
        for (double gap : gaps) {
            sum += Math.abs(gap);
        }
        return sum / rows.size();
    }

    private static void requireRows(ScoredLabels rows, String metric) {
        if (rows.size() == 0) {
            throw new IllegalArgumentException(metric + " needs at least one row: take a longer period");
        }
    }
}
