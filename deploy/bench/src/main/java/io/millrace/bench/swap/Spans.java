package io.millrace.bench.swap;

import java.util.Arrays;
import java.util.Random;

/**
 * How durations are spread.
 *
 * <p>Threading: immutable. Units: milliseconds.
 *
 * @param count of durations
 * @param p50 half of them are no longer
 * @param max the longest
 */
public record Spans(int count, double p50, double p99, double p999, double max) {
    static final double TAIL = 0.999;

    private static final double NANOS_PER_MILLI = 1e6;
    private static final int DRAWS = 1_000;

    static Spans ofNanos(long[] nanos) {
        if (nanos.length == 0) {
            return new Spans(0, 0, 0, 0, 0);
        }
        long[] sorted = nanos.clone();
        Arrays.sort(sorted);
        return new Spans(
                sorted.length,
                millis(quantile(sorted, 0.5)),
                millis(quantile(sorted, 0.99)),
                millis(quantile(sorted, TAIL)),
                millis(sorted[sorted.length - 1]));
    }

    /**
     * What the tail of so few among many is expected to be: of a few hundred durations, the 99.9th percentile is close to
     * their longest, so that it must be compared with that of as many others and not with that of all others. The mean of
     * many draws.
     */
    static double expectedTailMillis(long[] nanos, int count, long seed) {
        if (nanos.length == 0 || count == 0) {
            return 0;
        }
        Random random = new Random(seed);
        double sum = 0;
        long[] drawn = new long[count];
        for (int draw = 0; draw < DRAWS; draw++) {
            for (int i = 0; i < count; i++) {
                drawn[i] = nanos[random.nextInt(nanos.length)];
            }
            Arrays.sort(drawn);
            sum += millis(quantile(drawn, TAIL));
        }
        return sum / DRAWS;
    }

    private static long quantile(long[] sorted, double share) {
        return sorted[(int) Math.max(0, Math.min(sorted.length - 1, Math.ceil(share * sorted.length) - 1))];
    }

    static double millis(long nanos) {
        return nanos / NANOS_PER_MILLI;
    }
}
