package io.millrace.cli.backtest;

import io.millrace.inference.metrics.ScoredLabels;
import java.util.ArrayList;
import java.util.Arrays;
import java.util.List;

/**
 * How one model's scores relate to the truth over all judged rows.
 *
 * <p>Threading: immutable.
 *
 * @param name static or adaptive
 * @param precisionRecall recall and precision there, from the highest score down
 * @param calibration rows by their score, in bins of equal width
 */
record Curve(String name, List<Point> precisionRecall, List<Bin> calibration) {
    private static final int POINTS = 200;
    private static final int BINS = 15;

    /** A point of the precision-recall curve. */
    record Point(double recall, double precision) {}

    /** Rows of similar score. */
    record Bin(double from, double to, int rows, double meanScore, double positiveShare) {}

    static Curve of(String name, ScoredLabels rows) {
        return new Curve(name, precisionRecall(rows), calibration(rows));
    }

    private static List<Point> precisionRecall(ScoredLabels rows) {
        int positives = rows.positiveCount();
        Integer[] order = new Integer[rows.size()];
        Arrays.setAll(order, row -> row);
        Arrays.sort(order, (left, right) -> Double.compare(rows.scores()[right], rows.scores()[left]));
        List<Point> points = new ArrayList<>();
        int found = 0;
        int nextPoint = 1;
        for (int place = 0; place < order.length && positives > 0; place++) {
            found += rows.positives()[order[place]] ? 1 : 0;
            boolean endsTie =
                    place + 1 == order.length || rows.scores()[order[place]] != rows.scores()[order[place + 1]];
            if (endsTie && found * (long) POINTS >= (long) nextPoint * positives) {
                points.add(new Point(
                        Quality.rounded((double) found / positives), Quality.rounded((double) found / (place + 1))));
                nextPoint = (int) ((long) found * POINTS / positives) + 1;
            }
        }
        return points;
    }

    private static List<Bin> calibration(ScoredLabels rows) {
        int[] counts = new int[BINS];
        int[] positives = new int[BINS];
        double[] sums = new double[BINS];
        for (int row = 0; row < rows.size(); row++) {
            int bin = Math.min(BINS - 1, (int) (rows.scores()[row] * BINS));
            counts[bin]++;
            positives[bin] += rows.positives()[row] ? 1 : 0;
            sums[bin] += rows.scores()[row];
        }
        List<Bin> bins = new ArrayList<>();
        for (int bin = 0; bin < BINS; bin++) {
            if (counts[bin] > 0) {
                bins.add(new Bin(
                        Quality.rounded((double) bin / BINS),
                        Quality.rounded((bin + 1.0) / BINS),
                        counts[bin],
                        Quality.rounded(sums[bin] / counts[bin]),
                        Quality.rounded((double) positives[bin] / counts[bin])));
            }
        }
        return bins;
    }
}
