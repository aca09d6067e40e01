package io.millrace.bench.live;

/**
 * When each event of a steady load is due, whatever has become of those before: the clock alone decides, so that a
 * system that stalls cannot slow down the load and with it hide its own delay (coordinated omission).
 *
 * <p>Threading: immutable. Units: nanoseconds of the machine's monotonic clock; events a second.
 *
 * @param startNanos when the first event is due
 * @param rateHz events a second
 */
public record SendSchedule(long startNanos, double rateHz) {
    private static final double NANOS_PER_SECOND = 1e9;

    public SendSchedule {
        if (!(rateHz > 0 && rateHz <= 10_000_000)) {
            throw new IllegalArgumentException("a load has from 0 to 10,000,000 events a second, was " + rateHz);
        }
    }

    /** When an event is due, counted from 0. */
    public long dueNanos(long event) {
        return startNanos + Math.round(event * NANOS_PER_SECOND / rateHz);
    }

    /** How many events are due at a moment. */
    public long dueBy(long nowNanos) {
        long sinceNanos = nowNanos - startNanos;
        if (sinceNanos < 0) {
            return 0;
        }
        long about = (long) (sinceNanos * rateHz / NANOS_PER_SECOND);
        while (dueNanos(about) <= nowNanos) {
            about++;
        }
        while (about > 0 && dueNanos(about - 1) > nowNanos) {
            about--;
        }
        return about;
    }

    /** How many events are due within a time. */
    public long events(double seconds) {
        return Math.max(1, Math.round(seconds * rateHz));
    }
}
