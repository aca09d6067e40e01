package io.millrace.inference.metrics;

/**
 * A cut through the scores, with what it finds: a row is called positive when its score is at least the cut.
 *
 * <p>Threading: immutable.
 *
 * @param value the cut
 * @param precision the share of truly positive rows among those called positive
 * @param recall the share of those called positive among the truly positive rows
 */
public record DecisionThreshold(double value, double precision, double recall) {

    /** Harmonic mean of precision and recall. */
    public double f1() {
        return precision + recall == 0 ? 0 : 2 * precision * recall / (precision + recall);
    }

    /**
     * The cut with the highest F1. It lies midway between two neighbouring scores, so that the last digits of a
     * score do not decide; of equally good cuts the highest wins (fewest alerts).
     *
     * @throws IllegalArgumentException if no row is positive
     */
    public static DecisionThreshold bestF1(ScoredLabels rows) {
        int positives = rows.positiveCount();
        if (positives == 0) {
            throw new IllegalArgumentException(
                    "a threshold needs a positive row, got none among " + rows.size() + ": take a longer hold-out");
        }
        int[] order = rows.rowsByFallingScore();
        DecisionThreshold best = new DecisionThreshold(1, 0, 0);
        int found = 0;
        for (int place = 0; place < order.length; place++) {
            found += rows.positives()[order[place]] ? 1 : 0;
            double here = rows.scores()[order[place]];
            double next = place + 1 < order.length ? rows.scores()[order[place + 1]] : 0;
            boolean insideTie = place + 1 < order.length && next == here;
            if (!insideTie) {
                DecisionThreshold cut = new DecisionThreshold(
                        (here + next) / 2, (double) found / (place + 1), (double) found / positives);
                best = cut.f1() > best.f1() ? cut : best;
            }
        }
        return best;
    }
}
