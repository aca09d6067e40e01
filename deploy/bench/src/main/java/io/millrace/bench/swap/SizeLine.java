package io.millrace.bench.swap;

import io.millrace.bench.live.Times;
import java.util.Arrays;

/**
 * How long a batch of a size takes: the line through many, by least squares. What a batch takes beyond it is not due to
 * its size, so that batches of unlike sizes can be compared.
 *
 * <p>Threading: immutable. Units: nanoseconds.
 *
 * @param fixed what each batch takes
 * @param perUnit and what each unit of its size adds
 */
record SizeLine(double fixed, double perUnit) {

    /** The line through these; a level one if all are of one size. */
    static SizeLine through(Times.Taken batches) {
        double size = mean(batches.sizes());
        double took = mean(batches.tookNanos());
        double products = 0;
        double squares = 0;
        for (int i = 0; i < batches.count(); i++) {
            double apart = batches.sizes()[i] - size;
            products += apart * (batches.tookNanos()[i] - took);
            squares += apart * apart;
        }
        double perUnit = squares > 0 ? products / squares : 0;
        return new SizeLine(took - perUnit * size, perUnit);
    }

    /** The same batches with what each took beyond the line in place of what it took; less than 0 for a quick one. */
    Times.Taken beyond(Times.Taken batches) {
        long[] beyond = new long[batches.count()];
        Arrays.setAll(beyond, i -> batches.tookNanos()[i] - Math.round(fixed + perUnit * batches.sizes()[i]));
        return new Times.Taken(batches.endNanos(), beyond, batches.sizes());
    }

    private static double mean(long[] values) {
        return Arrays.stream(values).average().orElse(0);
    }
}
