package io.millrace.trainer.gate;

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

    /** The metric of rows that count once, decided at the cut with the best F1; NaN where it is not defined. */
    public static double of(GateMetric metric, ScoredLabels rows) {
        return of(metric, new Answers(rows, null));
    }

    /** The metric of a comparison's champion. */
    public static double ofChampion(GateMetric metric, Comparison rows) {
        return of(metric, rows.ofChampion());
    }

    /** The metric of a comparison's candidate. */
    public static double ofCandidate(GateMetric metric, Comparison rows) {
        return of(metric, rows.ofCandidate());
    }

    static double of(GateMetric metric, Answers rows) {
        int[] once = new int[rows.scored().size()];
        Arrays.fill(once, 1);
        return weighted(metric, rows).of(once);
    }

    static WeightedMetric weighted(GateMetric metric, ScoredLabels rows) {
        return weighted(metric, new Answers(rows, null));
    }

    static WeightedMetric weighted(GateMetric metric, Answers answers) {
        ScoredLabels rows = answers.scored();
        return switch (metric) {
            case AVERAGE_PRECISION -> new RankedRows(rows.scores(), rows.positives())::averagePrecision;
            case ROC_AUC -> new RankedRows(rows.scores(), rows.positives())::rocAuc;
            case ACCURACY -> mean(hits(answers.decisions()));
            case BALANCED_ACCURACY -> meanRecall(answers.decisions());
            case LOG_LIKELIHOOD -> mean(logLikelihoods(rows));
        };
    }

    private static double[] hits(Decided rows) {
        double[] values = new double[rows.truth().length];
        for (int row = 0; row < values.length; row++) {
            values[row] = rows.right(row) ? 1 : 0;
        }
        return values;
    }

    /** Mean over the classes that there are of the share of their rows that is found. */
    private static WeightedMetric meanRecall(Decided rows) {
        return weights -> {
            long[] right = new long[rows.classes()];
            long[] all = new long[rows.classes()];
            for (int row = 0; row < weights.length; row++) {
                int truth = rows.truth()[row];
                all[truth] += weights[row];
                right[truth] += rows.right(row) ? weights[row] : 0;
            }
            double sum = 0;
            int present = 0;
            for (int i = 0; i < all.length; i++) {
                sum += all[i] == 0 ? 0 : (double) right[i] / all[i];
                present += all[i] == 0 ? 0 : 1;
            }
            return present == 0 ? Double.NaN : sum / present;
        };
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
