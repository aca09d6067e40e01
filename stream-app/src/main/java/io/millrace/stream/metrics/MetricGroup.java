package io.millrace.stream.metrics;

import io.millrace.inference.metrics.ScoreCounts;
import io.millrace.inference.metrics.ScoreTable;
import io.millrace.stream.event.Judgement;
import io.millrace.stream.event.Judgement.Truth;
import java.util.HashSet;
import java.util.Map;
import java.util.OptionalDouble;
import java.util.Set;
import java.util.TreeMap;

/**
 * All that the metrics of one version over one window need: how many rows of each class have which score, and what was
 * decided of them.
 *
 * <p>Threading: confined to its task. Units: milliseconds.
 */
final class MetricGroup {
    private static final double MILLIS_PER_SECOND = 1_000.0;

    private final ScoreTable scores = new ScoreTable();
    private final Set<Float> changedScores = new HashSet<>();
    private Totals totals = Totals.NONE;

    /**
     * Sums over the rows of a group.
     *
     * @param newestEventMillis time of the newest event that was ever judged
     * @param threshold that was in force for that event
     */
    record Totals(
            long truePositives,
            long falsePositives,
            long trueNegatives,
            long falseNegatives,
            long delayMillis,
            long newestEventMillis,
            double threshold) {
        static final Totals NONE = new Totals(0, 0, 0, 0, 0, Long.MIN_VALUE, 0);

        private Totals with(Judgement of, Truth truth, long delayOfRowMillis, int rows) {
            boolean newer = of.eventTimeMillis() >= newestEventMillis;
            boolean positive = truth == Truth.POSITIVE;
            boolean decided = of.decidedPositive();
            return new Totals(
                    truePositives + (positive && decided ? rows : 0),
                    falsePositives + (!positive && decided ? rows : 0),
                    trueNegatives + (!positive && !decided ? rows : 0),
                    falseNegatives + (positive && !decided ? rows : 0),
                    delayMillis + rows * delayOfRowMillis,
                    newer ? of.eventTimeMillis() : newestEventMillis,
                    newer ? of.threshold() : threshold);
        }

        long rows() {
            return truePositives + falsePositives + trueNegatives + falseNegatives;
        }

        long positives() {
            return truePositives + falseNegatives;
        }

        /** The mean of the shares that are right of each class. */
        OptionalDouble balancedAccuracy() {
            long negatives = rows() - positives();
            if (positives() == 0 || negatives == 0) {
                return OptionalDouble.empty();
            }
            return OptionalDouble.of(((double) truePositives / positives() + (double) trueNegatives / negatives) / 2);
        }
    }

    /** Takes back what was known before, and counts what is known now. */
    void apply(Judgement judgement) {
        count(judgement, judgement.before(), judgement.delayBeforeMillis(), -1);
        count(judgement, judgement.now(), judgement.delayMillis(), 1);
    }

    private void count(Judgement judgement, Truth truth, long delayMillis, int rows) {
        if (truth != Truth.UNKNOWN) {
            float score = judgement.score() == 0 ? 0f : judgement.score(); // there are two zeros
            scores.add(score, truth == Truth.POSITIVE, rows);
            changedScores.add(score);
            totals = totals.with(judgement, truth, delayMillis, rows);
        }
    }

    Totals totals() {
        return totals;
    }

    /** Takes in what was kept. */
    void restore(Totals kept) {
        totals = kept;
    }

    /** Takes in what was kept of one score. */
    void restore(float score, int positives, int negatives) {
        scores.add(score, true, positives);
        scores.add(score, false, negatives);
    }

    /** The scores whose counts have changed since the last call. */
    Set<Float> takeChangedScores() {
        Set<Float> changed = Set.copyOf(changedScores);
        changedScores.clear();
        return changed;
    }

    int positives(float score) {
        return scores.positives(score);
    }

    int negatives(float score) {
        return scores.negatives(score);
    }

    /** The metrics by name; those without a value are left out. */
    Map<String, Double> values(int k) {
        ScoreCounts counts = scores.counts();
        Map<String, Double> values = new TreeMap<>();
        put(values, "average-precision", counts.averagePrecision());
        put(values, "roc-auc", counts.rocAuc());
        put(values, "precision-at-k", counts.precisionAtK(k));
        put(values, "log-loss", counts.logLoss());
        put(values, "brier", counts.brier());
        put(values, "calibration-error", counts.calibrationError());
        put(values, "recall", share(totals.truePositives(), totals.falseNegatives()));
        put(values, "false-positive-rate", share(totals.falsePositives(), totals.trueNegatives()));
        put(values, "precision", share(totals.truePositives(), totals.falsePositives()));
        put(values, "balanced-accuracy", totals.balancedAccuracy());
        if (totals.rows() > 0) {
            values.put("accuracy", (double) (totals.truePositives() + totals.trueNegatives()) / totals.rows());
            values.put("label-delay-mean-seconds", totals.delayMillis() / MILLIS_PER_SECOND / totals.rows());
            values.put("threshold", totals.threshold());
        }
        return values;
    }

    private static void put(Map<String, Double> values, String name, OptionalDouble value) {
        value.ifPresent(number -> values.put(name, number));
    }

    private static OptionalDouble share(long some, long others) {
        return some + others == 0 ? OptionalDouble.empty() : OptionalDouble.of((double) some / (some + others));
    }
}
