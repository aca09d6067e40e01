package io.millrace.inference.metrics;

/**
 * Metrics that depend on the order of the scores only. All are exact: rows of equal score are one step,
 * never ordered by chance.
 *
 * <p>Threading: stateless.
 */
public final class RankingMetrics {

    private RankingMetrics() {}

    /**
     * Area under the receiver operating characteristic: the chance that a random positive row scores above a
     * random negative one, a tie counting one half.
     *
     * @throws IllegalArgumentException if one of the two classes is missing
     */
    public static double rocAuc(ScoredLabels rows) {
        long positives = rows.positiveCount();
        long negatives = rows.size() - positives;
        requireBothClasses(positives, negatives, "ROC AUC");
        int[] order = rows.rowsByFallingScore();
        double pairsWon = 0;
        long positivesAbove = 0;
        int start = 0;
        while (start < order.length) {
            int end = endOfTie(rows, order, start);
            long tiedPositives = positivesBetween(rows, order, start, end);
            long tiedNegatives = end - start - tiedPositives;
            pairsWon += tiedNegatives * (positivesAbove + 0.5 * tiedPositives);
            positivesAbove += tiedPositives;
            start = end;
        }
        return pairsWon / ((double) positives * negatives);
    }

    /**
     * Average precision: the sum over the distinct scores, from the highest down, of precision there times the
     * recall gained there (the step-wise area under the precision-recall curve, without interpolation).
     *
     * @throws IllegalArgumentException if no row is positive
     */
    public static double averagePrecision(ScoredLabels rows) {
        long positives = rows.positiveCount();
        if (positives == 0) {
            throw new IllegalArgumentException(
                    "average precision needs a positive row, got none among " + rows.size() + ": take a longer period");
        }
        int[] order = rows.rowsByFallingScore();
        double weightedPrecision = 0;
        long found = 0;
        int start = 0;
        while (start < order.length) {
            int end = endOfTie(rows, order, start);
            long tiedPositives = positivesBetween(rows, order, start, end);
            found += tiedPositives;
            weightedPrecision += tiedPositives * ((double) found / end);
            start = end;
        }
        return weightedPrecision / positives;
    }

    private static int endOfTie(ScoredLabels rows, int[] order, int start) {
        double score = rows.scores()[order[start]];
        int end = start + 1;
        while (end < order.length && rows.scores()[order[end]] == score) {
            end++;
        }
        return end;
    }

    private static long positivesBetween(ScoredLabels rows, int[] order, int start, int end) {
        long count = 0;
        for (int place = start; place < end; place++) {
            count += rows.positives()[order[place]] ? 1 : 0;
        }
        return count;
    }

    private static void requireBothClasses(long positives, long negatives, String metric) {
        if (positives == 0 || negatives == 0) {
            throw new IllegalArgumentException(metric + " needs both classes, got " + positives + " positive and "
                    + negatives + " negative rows: take a longer period");
        }
    }
}
