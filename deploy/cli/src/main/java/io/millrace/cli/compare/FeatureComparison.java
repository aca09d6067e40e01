package io.millrace.cli.compare;

import io.millrace.cli.output.FailedException;
import java.io.IOException;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongConsumer;
import java.util.stream.IntStream;

/**
 * Compares the columns of a golden file with the features of the same names: whole numbers exactly, others by their
 * relative difference.
 *
 * <p>Threading: confined to one thread. Lifecycle: for one comparison; keeps the golden rows and, of the scores, only what
 * differs.
 */
public final class FeatureComparison {
    static final double RELATIVE_TOLERANCE = 1e-9;
    /** What rounding may leave of a sum that is nothing, in the golden file too. */
    static final double NEGLIGIBLE = 1e-12;

    private static final int PROGRESS_LINES = 1_000;

    private final GoldenFile golden;
    private final double[] worstOfEqual;
    private final Map<String, DifferentRow> different = new LinkedHashMap<>();
    private int[] compared = {};

    public FeatureComparison(GoldenFile golden) {
        this.golden = golden;
        this.worstOfEqual = new double[golden.columns().size()];
    }

    /**
     * Reads all scores and reports.
     *
     * @param progress told the number of lines read, now and then
     */
    public ComparisonReport run(ScoredFeatures scores, LongConsumer progress) throws IOException {
        while (scores.next()) {
            if (compared.length == 0) {
                compared = columnsOf(scores);
            }
            compare(scores);
            if (scores.lines() % PROGRESS_LINES == 0) {
                progress.accept(scores.lines());
            }
        }
        progress.accept(scores.lines());
        return new ReportWriter(golden, compared, worstOfEqual, different).report(scores.lines());
    }

    private int[] columnsOf(ScoredFeatures scores) {
        int[] columns =
                IntStream.range(0, golden.columns().size()).filter(scores::has).toArray();
        if (columns.length == 0) {
            throw new FailedException("no column of the golden file is a feature of the scores; it has "
                    + golden.columns() + ": score with a model of the feature set that the file was made for");
        }
        return columns;
    }

    private void compare(ScoredFeatures scores) {
        GoldenRow row = golden.row(scores.id());
        row.found(scores.timeMillis());
        double[] scored = scores.values();
        if (IntStream.of(compared).anyMatch(column -> isDifferent(golden, column, row.value(column), scored[column]))) {
            different.putIfAbsent(scores.id(), new DifferentRow(scores.id(), row, scored));
            return;
        }
        for (int column : compared) {
            double difference = relativeDifference(golden, column, row.value(column), scored[column]);
            worstOfEqual[column] = Math.max(worstOfEqual[column], difference);
        }
    }

    static boolean isDifferent(GoldenFile golden, int column, double right, double scored) {
        double tolerance = golden.isWhole(column) ? 0 : RELATIVE_TOLERANCE;
        return relativeDifference(golden, column, right, scored) > tolerance;
    }

    /** The difference as a share of the larger value, or none if it is negligible; infinite if either is not a number. */
    static double relativeDifference(GoldenFile golden, int column, double right, double scored) {
        double difference = Math.abs(right - scored);
        if (difference <= (golden.isWhole(column) ? 0 : NEGLIGIBLE)) {
            return 0;
        }
        double share = difference / Math.max(Math.abs(right), Math.abs(scored));
        return Double.isNaN(share) ? Double.POSITIVE_INFINITY : share;
    }
}
