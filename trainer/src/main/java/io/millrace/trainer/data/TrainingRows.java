package io.millrace.trainer.data;

/**
 * Feature rows with their labels, packed row after row.
 *
 * <p>Threading: immutable as long as nobody writes into the arrays, which are not copied.
 *
 * @param values the features, {@code width} a row; NaN stands for a missing value
 * @param labels 1 for a positive row, else 0
 * @param width features a row
 */
@SuppressWarnings("ArrayRecordComponent") // never compared, and copies would double the memory of a long period
public record TrainingRows(float[] values, float[] labels, int width) {

    public TrainingRows {
        if (width < 1 || values.length != (long) labels.length * width) {
            throw new IllegalArgumentException("values must be rows times width: " + values.length + " values, "
                    + labels.length + " labels, width " + width);
        }
    }

    public int rows() {
        return labels.length;
    }

    /** How many rows are positive. */
    public int positiveCount() {
        int count = 0;
        for (float label : labels) {
            count += label > 0 ? 1 : 0;
        }
        return count;
    }
}
