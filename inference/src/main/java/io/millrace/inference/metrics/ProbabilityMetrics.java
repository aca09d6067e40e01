package io.millrace.inference.metrics;

/**
 * Metrics that judge the scores as probabilities, not only their order.
 *
 * <p>Threading: stateless.
 */
public final class ProbabilityMetrics {

    /** Probabilities are kept this far from 0 and 1, so that one sure mistake costs 34.5 and not infinity. */
    static final double CLIP = 1e-15;

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

    private static void requireRows(ScoredLabels rows, String metric) {
        if (rows.size() == 0) {
            throw new IllegalArgumentException(metric + " needs at least one row: take a longer period");
        }
    }
}
