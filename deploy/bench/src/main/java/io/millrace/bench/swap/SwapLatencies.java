package io.millrace.bench.swap;

import io.millrace.bench.latency.Percentiles;
import io.millrace.bench.live.Arrival;
import io.millrace.bench.live.SendSchedule;
import io.millrace.bench.swap.SwapTimes.Window;
import java.util.Arrays;
import java.util.List;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * The latency of every event of a load, to be told apart by when it was due once it is known when versions came.
 *
 * <p>Threading: written by the consumer's thread, read when all scores have arrived.
 */
final class SwapLatencies implements Arrival {
    private static final int FIRST_CAPACITY = 1 << 16;
    private static final int DIGITS = 3;

    private final SendSchedule schedule;
    private final long firstId;
    private int[] micros = new int[FIRST_CAPACITY];
    private int events;

    SwapLatencies(SendSchedule schedule, long firstId) {
        this.schedule = schedule;
        this.firstId = firstId;
    }

    @Override
    public synchronized void score(long id, int version, long atNanos) {
        int event = Math.toIntExact(id - firstId);
        if (event < 0) {
            return;
        }
        if (event >= micros.length) {
            micros = Arrays.copyOf(micros, Math.max(event + 1, 2 * micros.length));
        }
        long took = TimeUnit.NANOSECONDS.toMicros(atNanos - schedule.dueNanos(event));
        micros[event] = (int) Math.min(Integer.MAX_VALUE, Math.max(1, took));
        events = Math.max(events, event + 1);
    }

    /** Of the events that were due in one of the windows. */
    synchronized Percentiles in(List<Window> windows) {
        Histogram found = new Histogram(Integer.MAX_VALUE, DIGITS);
        for (Window window : windows) {
            long to = Math.min(events, schedule.dueBy(window.toNanos()));
            for (long event = schedule.dueBy(window.fromNanos()); event < to; event++) {
                found.recordValue(micros[(int) event]);
            }
        }
        return Percentiles.ofMicros(found);
    }
}
