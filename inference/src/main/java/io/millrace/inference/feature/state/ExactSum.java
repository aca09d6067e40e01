package io.millrace.inference.feature.state;

/**
 * Running sums that numbers are added to and taken from again, each kept as a sum and what rounding took from it, so that
 * what remains is as good as if only the remaining numbers had been added.
 *
 * <p>Threading: confined to one thread.
 */
final class ExactSum {
    private final double[] sums;
    private final double[] errors;

    ExactSum(int count) {
        this.sums = new double[count];
        this.errors = new double[count];
    }

    /** Takes the numbers in from a header. */
    void readFrom(StateReader header) {
        for (int i = 0; i < sums.length; i++) {
            sums[i] = header.readDouble();
            errors[i] = header.readDouble();
        }
    }

    void writeTo(StateWriter header) {
        for (int i = 0; i < sums.length; i++) {
            header.writeDouble(sums[i]);
            header.writeDouble(errors[i]);
        }
    }

    void copyFrom(ExactSum other) {
        System.arraycopy(other.sums, 0, sums, 0, sums.length);
        System.arraycopy(other.errors, 0, errors, 0, errors.length);
    }

    void clear(int index) {
        sums[index] = 0;
        errors[index] = 0;
    }

    /** Knuth's two-sum: {@code rounded} and {@code error} together are exactly the sum of both. */
    void add(int index, double value) {
        double sum = sums[index];
        double rounded = sum + value;
        double part = rounded - sum;
        double error = (sum - (rounded - part)) + (value - part);
        sums[index] = rounded;
        errors[index] += error;
    }

    double get(int index) {
        return sums[index] + errors[index];
    }
}
