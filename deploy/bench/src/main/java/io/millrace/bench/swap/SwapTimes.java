package io.millrace.bench.swap;

import java.util.ArrayList;
import java.util.List;
import java.util.concurrent.TimeUnit;

/**
 * When versions came, and which moments therefore are at a swap, steady, or neither.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the machine's monotonic clock.
 */
final class SwapTimes {
    /** Around the moment at which a version begins to score. */
    static final long BEFORE_NANOS = TimeUnit.MILLISECONDS.toNanos(100);

    static final long AFTER_NANOS = TimeUnit.MILLISECONDS.toNanos(400);
    /** From then on, nothing of a swap is left. */
    private static final long OVER_NANOS = TimeUnit.MILLISECONDS.toNanos(600);

    private final List<Swap> swaps;
    private final long fromNanos;
    private final long toNanos;

    /**
     * A swap.
     *
     * @param publishedNanos when all could see the version, and streams began to fetch and load it
     * @param activeNanos when a task had taken it
     */
    record Swap(long publishedNanos, long activeNanos) {}

    /** A time span. */
    record Window(long fromNanos, long toNanos) {}

    /**
     * Makes the times of a run.
     *
     * @param fromNanos when the load had settled
     * @param toNanos when it ended
     */
    SwapTimes(List<Swap> swaps, long fromNanos, long toNanos) {
        this.swaps = List.copyOf(swaps);
        this.fromNanos = fromNanos;
        this.toNanos = toNanos;
    }

    List<Swap> swaps() {
        return swaps;
    }

    /** From each version's publication, over its loading on the same cores, to shortly after it began to score. */
    List<Window> loadings() {
        return swaps.stream()
                .map(swap -> new Window(swap.publishedNanos(), swap.activeNanos() + AFTER_NANOS))
                .toList();
    }

    /** Around the moment at which each version began to score; all of one length. */
    List<Window> switches() {
        return swaps.stream()
                .map(swap -> new Window(swap.activeNanos() - BEFORE_NANOS, swap.activeNanos() + AFTER_NANOS))
                .toList();
    }

    /** Time between swaps, whole. */
    List<Window> calm() {
        List<Window> calm = new ArrayList<>();
        long from = fromNanos;
        for (Swap swap : swaps) {
            add(calm, from, swap.publishedNanos());
            from = swap.activeNanos() + OVER_NANOS;
        }
        add(calm, from, toNanos);
        return calm;
    }

    /** Time between swaps, in windows as long as those of {@link #switches}. */
    List<Window> calmWindows() {
        List<Window> windows = new ArrayList<>();
        for (Window calm : calm()) {
            long length = BEFORE_NANOS + AFTER_NANOS;
            for (long from = calm.fromNanos(); from + length <= calm.toNanos(); from += length) {
                windows.add(new Window(from, from + length));
            }
        }
        return windows;
    }

    private static void add(List<Window> windows, long from, long to) {
        if (to > from) {
            windows.add(new Window(from, to));
        }
    }
}
