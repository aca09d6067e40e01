package io.millrace.cli.compare;

/**
 * A row of the golden file, and whether it was found in the scores so far.
 *
 * <p>Threading: confined to one thread. Units: milliseconds since 1970-01-01 UTC.
 */
final class GoldenRow {
    private final String customer;
    private final double[] values;
    private int timesFound;
    private long timeMillis;

    /** @param values in the order of the file's columns */
    GoldenRow(String customer, double[] values) {
        this.customer = customer;
        this.values = values;
    }

    String customer() {
        return customer;
    }

    double value(int column) {
        return values[column];
    }

    void found(long scoredTimeMillis) {
        timesFound++;
        timeMillis = scoredTimeMillis;
    }

    int timesFound() {
        return timesFound;
    }

    /** The time that the scores give the row; only of rows that were found. */
    long timeMillis() {
        return timeMillis;
    }
}
