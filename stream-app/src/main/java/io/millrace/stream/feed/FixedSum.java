package io.millrace.stream.feed;

/**
 * A sum of numbers from -1 to 1 in fixed point: the order of adding makes no difference, not even in the last bit, and
 * what is taken away again leaves no trace. Each number is rounded to a multiple of 2<sup>-80</sup>; there is room for
 * four million of them.
 *
 * <p>Threading: confined to its task.
 */
final class FixedSum {
    private static final double SCALE = 0x1p40;

    private long high;
    private long low;

    FixedSum() {}

    FixedSum(long high, long low) {
        this.high = high;
        this.low = low;
    }

    /** Adds a number, or takes it away where the sign is -1. */
    void change(double value, int sign) {
        double scaled = value * SCALE;
        double rounded = Math.rint(scaled);
        high += sign * (long) rounded;
        low += sign * (long) Math.rint((scaled - rounded) * SCALE);
    }

    double value() {
        return high / SCALE + low / SCALE / SCALE;
    }

    /** In units of 2<sup>-40</sup>. */
    long high() {
        return high;
    }

    /** What is left over, in units of 2<sup>-80</sup>. */
    long low() {
        return low;
    }
}
