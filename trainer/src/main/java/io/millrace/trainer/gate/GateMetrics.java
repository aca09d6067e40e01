package io.millrace.trainer.gate;

import io.millrace.inference.metrics.DecisionThreshold;
import io.millrace.inference.metrics.ScoredLabels;
import io.millrace.trainer.config.GateMetric;
import java.util.Arrays;
import java.util.Locale;

/**
 * The metrics that the gate may be set to.
 *
 * <p>Threading: stateless.
 */
public final class GateMetrics {
    private static final double CLIP = 1e-15;

    private GateMetrics() {}

    /** As configurations, lineage and the metrics topic write it. */
    public static String name(GateMetric metric) {
        return metric.name().toLowerCase(Locale.ROOT).replace('_', '-');
    }

    /** The metric of rows that count once; NaN where it is not defined. */
    public static double of(GateMetric metric, ScoredLabels rows) {
        int[] once = new int[rows.size()];
        Arrays.fill(once, 1);
        return weighted(metric, rows).of(once);
    }

    static WeightedMetric weighted(GateMetric metric, ScoredLabels rows) {
        return switch (metric) {
            case AVERAGE_PRECISION -> new RankedRows(rows.scores(), rows.positives())::averagePrecision;
            case ROC_AUC -> new RankedRows(rows.scores(), rows.positives())::rocAuc;
            case ACCURACY -> mean(hits(rows));
            case LOG_LIKELIHOOD -> mean(logLikelihoods(rows));
        };
    }

    /** Right decisions at the cut with the best F1 on these rows, the same rule for both models. */
    private static double[] hits(ScoredLabels rows) {
        double cut =
                rows.positiveCount() == 0 ? 1 : DecisionThreshold.bestF1(rows).value();
        double[] values = new double[rows.size()];
        for (int row = 0; row < values.length; row++) {
            values[row] = rows.scores()[row] >= cut == rows.positives()[row] ? 1 : 0;
        }
        return values;
    }

    private static double[] logLikelihoods(ScoredLabels rows) {
        double[] values = new double[rows.size()];
        for (int row = 0; row < values.length; row++) {
            double probability = rows.positives()[row] ? rows.scores()[row] : 1 - rows.scores()[row];
            values[row] = Math.log(Math.min(1 - CLIP, Math.max(CLIP, probability)));
        }
        return values;
    }

    private static WeightedMetric mean(double[] values) {
        return weights -> {
            double sum = 0;
            long count = 0;
            for (int row = 0; row < values.length; row++) {
                sum += weights[row] * values[row];
                count += weights[row];
            }
            return count == 0 ? Double.NaN : sum / count;
        };
    }
}
