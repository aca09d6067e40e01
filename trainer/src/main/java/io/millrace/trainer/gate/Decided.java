package io.millrace.trainer.gate;

/**
 * The classes that a model decides on, beside the true ones.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays, which are not copied.
 *
 * @param classes how many classes there are
 * @param decided index of the class that the model decides on, row by row
 * @param truth index of the true class, row by row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared
record Decided(int classes, int[] decided, int[] truth) {

    /** How many rows are truly of each class. */
    int[] truths() {
        return counts(truth);
    }

    /** How many rows the model decides to be of each class. */
    int[] decisions() {
        return counts(decided);
    }

    boolean right(int row) {
        return decided[row] == truth[row];
    }

    private int[] counts(int[] rows) {
        int[] counts = new int[classes];
        for (int row : rows) {
            counts[row]++;
        }
        return counts;
    }
}
