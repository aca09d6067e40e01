package io.millrace.inference.metrics;

import java.util.Arrays;

/**
 * Scores of rows beside their true labels.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays, which are not copied.
 *
 * @param scores the model's probability of the positive class, row by row; never NaN
 * @param positives the truth, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copies would double the memory of a long period
public record ScoredLabels(double[] scores, boolean[] positives) {

    public ScoredLabels {
        if (scores.length != positives.length) {
            throw new IllegalArgumentException(
                    "one label per score is needed: " + scores.length + " scores, " + positives.length + " labels");
        }
        for (int row = 0; row < scores.length; row++) {
            if (Double.isNaN(scores[row])) {
                throw new IllegalArgumentException("score of row " + row + " is NaN: score rows before judging them");
            }
        }
    }

    public int size() {
        return scores.length;
    }

    /** How many rows are truly positive. */
    public int positiveCount() {
        int count = 0;
        for (boolean positive : positives) {
            count += positive ? 1 : 0;
        }
        return count;
    }

    /** The row numbers, highest score first; rows of equal score stay in their order. */
    int[] rowsByFallingScore() {
        Integer[] rows = new Integer[scores.length];
        Arrays.setAll(rows, row -> row);
        Arrays.sort(rows, (left, right) -> Double.compare(scores[right], scores[left]));
        return Arrays.stream(rows).mapToInt(Integer::intValue).toArray();
    }
}
