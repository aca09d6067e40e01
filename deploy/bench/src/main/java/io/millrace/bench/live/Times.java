package io.millrace.bench.live;

import java.util.Arrays;

/**
 * Durations and when each ended, in the order in which they did.
 *
 * <p>Threading: safe for all threads. Units: nanoseconds, of the machine's monotonic clock where it is a moment.
 */
public final class Times {
    private static final int FIRST_CAPACITY = 1 << 12;

    private long[] endNanos = new long[FIRST_CAPACITY];
    private long[] tookNanos = new long[FIRST_CAPACITY];
    private long[] sizes = new long[FIRST_CAPACITY];
    private int count;

    /**
     * Durations as they go over the wire: arrays of the same length.
     *
     * @param sizes of what took so long; 0 where it has none
     */
    @SuppressWarnings("ArrayRecordComponent") // goes over the wire, never compared
    public record Taken(long[] endNanos, long[] tookNanos, long[] sizes) {

        /** How many there are. */
        public int count() {
            return endNanos.length;
        }
    }

    void add(long end, long took) {
        add(end, took, 0);
    }

    synchronized void add(long end, long took, long size) {
        if (count == endNanos.length) {
            endNanos = Arrays.copyOf(endNanos, 2 * count);
            tookNanos = Arrays.copyOf(tookNanos, 2 * count);
            sizes = Arrays.copyOf(sizes, 2 * count);
        }
        endNanos[count] = end;
        tookNanos[count] = took;
        sizes[count] = size;
        count++;
    }

    synchronized int count() {
        return count;
    }

    /** Takes out all that there are. */
    synchronized Taken take() {
        Taken taken =
                new Taken(Arrays.copyOf(endNanos, count), Arrays.copyOf(tookNanos, count), Arrays.copyOf(sizes, count));
        count = 0;
        return taken;
    }
}
