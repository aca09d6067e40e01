package io.millrace.trainer.gradient.tuning;

/**
 * One value of the frozen part, of examples that themselves are not there any more.
 *
 * <p>Threading: immutable as long as nobody writes into the rows, which are not copied.
 *
 * @param name of the value in the graph
 * @param perToken whether a row has {@code width} numbers for each token of its example, without padding, and not once
 * @param width numbers per example or token
 * @param rows 16-bit floats, by example
 */
@SuppressWarnings("ArrayRecordComponent") // megabytes, never compared
public record KeptRows(String name, boolean perToken, int width, short[][] rows) {
    public KeptRows {
        if (width < 1) {
            throw new IllegalArgumentException("value '" + name + "' must have at least one number, has " + width);
        }
    }

    /** Rows of one size from 32-bit floats. */
    public static KeptRows perExample(String name, float[][] rows) {
        short[][] halves = new short[rows.length][];
        for (int row = 0; row < rows.length; row++) {
            halves[row] = new short[rows[row].length];
            for (int i = 0; i < rows[row].length; i++) {
                halves[row][i] = HalfFloats.of(rows[row][i]);
            }
        }
        return new KeptRows(name, false, rows.length == 0 ? 1 : rows[0].length, halves);
    }
}
