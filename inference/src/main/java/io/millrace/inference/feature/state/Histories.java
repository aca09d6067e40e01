package io.millrace.inference.feature.state;

import io.millrace.inference.feature.HistoryMeasure;

/**
 * A key's running robust means: one for each number field that a history feature compares with its past. Events count in
 * the order in which they come.
 *
 * <p>Threading: confined to one thread.
 */
final class Histories {
    /** A number counts for at most this many times the mean. */
    private static final double CAP = 3;
    /** So many first numbers count in full, for want of a mean to cap them by. */
    private static final int UNCAPPED = 3;
    /** From so many events on the spread is known well enough. */
    private static final int ENOUGH_FOR_SPREAD = 5;

    private static final double LEAST_MEAN = 0.01;
    private static final double LEAST_SPREAD_OF_MEAN = 0.1;
    private static final double SPREAD_OF_FEW = 0.5;
    /** Squares of it stay within the range of numbers. */
    private static final double LIMIT = 1e150;

    private final long[] counts;
    private final double[] means;
    private final double[] squares;

    Histories(int size) {
        this.counts = new long[size];
        this.means = new double[size];
        this.squares = new double[size];
    }

    void clear() {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = 0;
            means[i] = 0;
            squares[i] = 0;
        }
    }

    void readFrom(StateReader header) {
        for (int i = 0; i < counts.length; i++) {
            counts[i] = header.readCount();
            means[i] = header.readDouble();
            squares[i] = header.readDouble();
        }
    }

    void writeTo(StateWriter header) {
        for (int i = 0; i < counts.length; i++) {
            header.writeCount(counts[i]);
            header.writeDouble(means[i]);
            header.writeDouble(squares[i]);
        }
    }

    double value(int index, HistoryMeasure measure, double number) {
        return switch (measure) {
            case RATIO -> ratio(index, limited(number));
            case Z_SCORE -> zScore(index, limited(number));
        };
    }

    private double ratio(int index, double number) {
        return counts[index] == 0 ? 1 : number / Math.max(means[index], LEAST_MEAN);
    }

    private double zScore(int index, double number) {
        if (counts[index] == 0) {
            return 0;
        }
        double mean = means[index];
        double spread = mean * SPREAD_OF_FEW;
        if (counts[index] >= ENOUGH_FOR_SPREAD) {
            spread = Math.sqrt(Math.max(squares[index] / counts[index] - mean * mean, 0));
        }
        return (number - mean) / Math.max(spread, LEAST_SPREAD_OF_MEAN * Math.abs(mean) + LEAST_MEAN);
    }

    void add(int index, double number) {
        long count = ++counts[index];
        double mean = means[index];
        boolean capped = count > UNCAPPED && mean > 0;
        double counted = capped ? Math.min(limited(number), CAP * mean) : limited(number);
        means[index] = mean + (counted - mean) / count;
        squares[index] += counted * counted;
    }

    private static double limited(double number) {
        return Math.max(-LIMIT, Math.min(LIMIT, number));
    }
}
