package io.millrace.cli.backtest;

import com.fasterxml.jackson.annotation.JsonInclude;
import java.util.ArrayList;
import java.util.List;
import org.jspecify.annotations.Nullable;

/**
 * How well some texts were classified.
 *
 * <p>Threading: immutable.
 *
 * @param texts how many were judged
 * @param accuracy share of right answers; null without a text
 * @param balancedAccuracy mean over the classes of the share of their texts that were found; null where a class has none
 * @param calibrationError expected calibration error over ten bins of confidence (Guo et al. 2017); null without a text
 * @param confusion texts by what they are (rows) and what was said of them (columns), in the order of the classes
 * @param reliability the bins behind the calibration error
 */
@JsonInclude(JsonInclude.Include.NON_NULL)
record TextQuality(
        int texts,
        @Nullable Double accuracy,
        @Nullable Double balancedAccuracy,
        @Nullable Double calibrationError,
        List<List<Integer>> confusion,
        List<Bin> reliability) {

    private static final int BINS = 10;
    /** Four digits are more than chance leaves certain, and hide in which order a machine adds. */
    private static final double DIGITS = 1e4;

    /** Texts that the model was similarly sure of. */
    record Bin(int texts, double confidence, double accuracy) {}

    /**
     * Judges answers.
     *
     * @param answers one for each truth
     */
    static TextQuality of(int classes, int[] truths, List<TextAnswer> answers) {
        int[][] confusion = new int[classes][classes];
        int[] texts = new int[BINS];
        int[] right = new int[BINS];
        double[] confidence = new double[BINS];
        int allRight = 0;
        for (int row = 0; row < truths.length; row++) {
            TextAnswer answer = answers.get(row);
            confusion[truths[row]][answer.said()]++;
            int bin = Math.min(BINS - 1, (int) (answer.confidence() * BINS));
            texts[bin]++;
            confidence[bin] += answer.confidence();
            if (answer.said() == truths[row]) {
                right[bin]++;
                allRight++;
            }
        }
        List<Bin> bins = new ArrayList<>();
        double error = 0;
        for (int bin = 0; bin < BINS; bin++) {
            if (texts[bin] > 0) {
                error += Math.abs(confidence[bin] - right[bin]);
                bins.add(new Bin(
                        texts[bin], rounded(confidence[bin] / texts[bin]), rounded((double) right[bin] / texts[bin])));
            }
        }
        boolean none = truths.length == 0;
        return new TextQuality(
                truths.length,
                none ? null : rounded((double) allRight / truths.length),
                balanced(confusion),
                none ? null : rounded(error / truths.length),
                lists(confusion),
                List.copyOf(bins));
    }

    private static @Nullable Double balanced(int[][] confusion) {
        double sum = 0;
        for (int truth = 0; truth < confusion.length; truth++) {
            int texts = 0;
            for (int count : confusion[truth]) {
                texts += count;
            }
            if (texts == 0) {
                return null;
            }
            sum += (double) confusion[truth][truth] / texts;
        }
        return rounded(sum / confusion.length);
    }

    private static List<List<Integer>> lists(int[][] counts) {
        List<List<Integer>> rows = new ArrayList<>();
        for (int[] row : counts) {
            List<Integer> cells = new ArrayList<>();
            for (int count : row) {
                cells.add(count);
            }
            rows.add(List.copyOf(cells));
        }
        return List.copyOf(rows);
    }

    static double rounded(double value) {
        return Math.round(value * DIGITS) / DIGITS;
    }
}
