package io.millrace.inference.metrics;

import java.util.OptionalDouble;

/**
 * How many rows of each class have which score, and every metric that follows from that alone: the same numbers as from
 * the rows one by one. A metric that has no value, since a class is missing, is empty.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays, which are not copied.
 *
 * @param scores the distinct scores, falling
 * @param positives rows of each score that are truly positive
 * @param negatives rows of each score that are not
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copies would double the memory of many scores
public record ScoreCounts(double[] scores, long[] positives, long[] negatives) {

    /** Bins of equal width that the calibration error is computed over. */
    public static final int CALIBRATION_BINS = 15;

    public ScoreCounts {
        if (scores.length != positives.length || scores.length != negatives.length) {
            throw new IllegalArgumentException("two counts per score are needed: " + scores.length + " scores, "
                    + positives.length + " and " + negatives.length + " counts");
        }
        for (int i = 1; i < scores.length; i++) {
            if (!(scores[i] < scores[i - 1])) {
                throw new IllegalArgumentException("scores must fall, but " + scores[i] + " follows " + scores[i - 1]);
            }
        }
    }

    /** All rows. */
    public long rows() {
        return positiveRows() + sum(negatives);
    }

    /** Truly positive rows. */
    public long positiveRows() {
        return sum(positives);
    }

    /** As {@link RankingMetrics#averagePrecision}. */
    public OptionalDouble averagePrecision() {
        long all = positiveRows();
        if (all == 0) {
            return OptionalDouble.empty();
        }
        double weighted = 0;
        long found = 0;
        long seen = 0;
        for (int i = 0; i < scores.length; i++) {
            found += positives[i];
            seen += positives[i] + negatives[i];
            weighted += positives[i] * ((double) found / seen);
        }
        return OptionalDouble.of(weighted / all);
    }

    /** As {@link RankingMetrics#rocAuc}. */
    public OptionalDouble rocAuc() {
        long allPositives = positiveRows();
        long allNegatives = sum(negatives);
        if (allPositives == 0 || allNegatives == 0) {
            return OptionalDouble.empty();
        }
        double pairsWon = 0;
        long above = 0;
        for (int i = 0; i < scores.length; i++) {
            pairsWon += negatives[i] * (above + 0.5 * positives[i]);
            above += positives[i];
        }
        return OptionalDouble.of(pairsWon / ((double) allPositives * allNegatives));
    }

    /**
     * The share of positives among the k rows of highest score, or among all when there are fewer; of rows that share
     * the last place, as many positives as their share among them makes one expect.
     */
    public OptionalDouble precisionAtK(int k) {
        if (k < 1) {
            throw new IllegalArgumentException("k must be at least 1, was " + k);
        }
        double found = 0;
        long taken = 0;
        for (int i = 0; i < scores.length && taken < k; i++) {
            long tied = positives[i] + negatives[i];
            long take = Math.min(tied, k - taken);
            found += tied == 0 ? 0 : (double) positives[i] * take / tied;
            taken += take;
        }
        return taken == 0 ? OptionalDouble.empty() : OptionalDouble.of(found / taken);
    }

    /** As {@link ProbabilityMetrics#logLoss}. */
    public OptionalDouble logLoss() {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            sum -= positives[i] == 0 ? 0 : positives[i] * Math.log(clip(scores[i]));
            sum -= negatives[i] == 0 ? 0 : negatives[i] * Math.log(clip(1 - scores[i]));
        }
        return mean(sum);
    }

    /** As {@link ProbabilityMetrics#brier}. */
    public OptionalDouble brier() {
        double sum = 0;
        for (int i = 0; i < scores.length; i++) {
            double missOfPositive = 1 - scores[i];
            sum += positives[i] * missOfPositive * missOfPositive + negatives[i] * scores[i] * scores[i];
        }
        return mean(sum);
    }

    /**
     * Expected calibration error: over {@link #CALIBRATION_BINS} bins of equal width, the distance between the mean
     * score and the share of positives, weighted by the rows in the bin.
     */
    public OptionalDouble calibrationError() {
        double[] scoreSums = new double[CALIBRATION_BINS];
        long[] binPositives = new long[CALIBRATION_BINS];
        for (int i = 0; i < scores.length; i++) {
            int bin = Math.max(0, Math.min(CALIBRATION_BINS - 1, (int) (scores[i] * CALIBRATION_BINS)));
            scoreSums[bin] += scores[i] * (positives[i] + negatives[i]);
            binPositives[bin] += positives[i];
        }
        double sum = 0;
        for (int bin = 0; bin < CALIBRATION_BINS; bin++) {
            sum += Math.abs(scoreSums[bin] - binPositives[bin]);
        }
        return mean(sum);
    }

    private OptionalDouble mean(double sum) {
        long rows = rows();
        return rows == 0 ? OptionalDouble.empty() : OptionalDouble.of(sum / rows);
    }

    private static double clip(double probability) {
        return Math.min(1 - ProbabilityMetrics.CLIP, Math.max(ProbabilityMetrics.CLIP, probability));
    }

    private static long sum(long[] counts) {
        long sum = 0;
        for (long count : counts) {
            sum += count;
        }
        return sum;
    }
}
