package io.millrace.bench.latency;

import java.util.ArrayList;
import java.util.List;
import org.HdrHistogram.Histogram;
import org.HdrHistogram.HistogramIterationValue;

/**
 * How durations are spread.
 *
 * <p>Threading: immutable. Units: milliseconds, to the microsecond below a second.
 *
 * @param count of durations
 * @param p50 half of them are no longer
 * @param max the longest
 * @param curve the whole distribution, ever finer towards its end
 */
public record Percentiles(
        long count, double p50, double p90, double p99, double p999, double p9999, double max, List<Point> curve) {
    private static final int TICKS_PER_HALF = 2;
    private static final double MICROS_PER_MILLI = 1e3;

    /**
     * A point of the curve.
     *
     * @param percentile from 0 to 100
     */
    public record Point(double percentile, double millis) {}

    /** Of durations in microseconds. */
    public static Percentiles ofMicros(Histogram micros) {
        List<Point> curve = new ArrayList<>();
        for (HistogramIterationValue value : micros.percentiles(TICKS_PER_HALF)) {
            curve.add(new Point(value.getPercentileLevelIteratedTo(), value.getValueIteratedTo() / MICROS_PER_MILLI));
        }
        return new Percentiles(
                micros.getTotalCount(),
                at(micros, 50),
                at(micros, 90),
                at(micros, 99),
                at(micros, 99.9),
                at(micros, 99.99),
                micros.getMaxValue() / MICROS_PER_MILLI,
                curve);
    }

    private static double at(Histogram micros, double percentile) {
        return micros.getValueAtPercentile(percentile) / MICROS_PER_MILLI;
    }
}
