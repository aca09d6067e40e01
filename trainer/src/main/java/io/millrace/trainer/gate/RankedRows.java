package io.millrace.trainer.gate;

import java.util.Arrays;

/**
 * The rows of one model from the highest score down, sorted once: a metric for other weights of the rows is then one
 * walk along them.
 *
 * <p>Threading: immutable.
 */
final class RankedRows {
    private final int[] order;
    private final boolean[] positives;
    /** Whether the score changes after this place. */
    private final boolean[] endsTie;

    RankedRows(double[] scores, boolean[] positives) {
        this.positives = positives;
        Integer[] rows = new Integer[scores.length];
        Arrays.setAll(rows, row -> row);
        Arrays.sort(rows, (left, right) -> Double.compare(scores[right], scores[left]));
        this.order = Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
        this.endsTie = new boolean[order.length];
        for (int place = 0; place < order.length; place++) {
            endsTie[place] = place + 1 == order.length || scores[order[place]] != scores[order[place + 1]];
        }
    }

    /** Average precision, as {@code RankingMetrics} defines it. */
    double averagePrecision(int[] weights) {
        double weightedPrecision = 0;
        long positive = 0;
        long all = 0;
        long tiedPositive = 0;
        for (int place = 0; place < order.length; place++) {
            int row = order[place];
            int weight = weights[row];
            all += weight;
            tiedPositive += positives[row] ? weight : 0;
            if (endsTie[place] && tiedPositive > 0) {
                positive += tiedPositive;
                weightedPrecision += tiedPositive * ((double) positive / all);
                tiedPositive = 0;
            }
        }
        return positive == 0 ? Double.NaN : weightedPrecision / positive;
    }

    /** Area under the receiver operating characteristic, as {@code RankingMetrics} defines it. */
    double rocAuc(int[] weights) {
        double pairsWon = 0;
        long positivesAbove = 0;
        long negatives = 0;
        long tiedPositive = 0;
        long tiedNegative = 0;
        for (int place = 0; place < order.length; place++) {
            int row = order[place];
            tiedPositive += positives[row] ? weights[row] : 0;
            tiedNegative += positives[row] ? 0 : weights[row];
            if (endsTie[place]) {
                pairsWon += tiedNegative * (positivesAbove + 0.5 * tiedPositive);
                positivesAbove += tiedPositive;
                negatives += tiedNegative;
                tiedPositive = 0;
                tiedNegative = 0;
            }
        }
        return positivesAbove == 0 || negatives == 0 ? Double.NaN : pairsWon / ((double) positivesAbove * negatives);
    }
}
