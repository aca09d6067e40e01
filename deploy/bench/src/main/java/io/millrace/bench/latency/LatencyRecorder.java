package io.millrace.bench.latency;

import io.millrace.bench.live.Arrival;
import io.millrace.bench.live.SendSchedule;
import java.util.concurrent.TimeUnit;
import org.HdrHistogram.Histogram;

/**
 * Gathers latencies of a steady load: each from when the event was due, not from when it was sent, to the arrival of its
 * score.
 *
 * <p>Threading: written by the consumer's thread; read when all scores have arrived.
 */
final class LatencyRecorder implements Arrival {
    private static final long LONGEST_MICROS = TimeUnit.HOURS.toMicros(1);
    private static final int DIGITS = 3;

    private final Histogram micros = new Histogram(LONGEST_MICROS, DIGITS);
    private final SendSchedule schedule;
    private final long firstId;
    private final long uncounted;
    private volatile long lastArrivalNanos;

    /**
     * Makes a recorder.
     *
     * @param firstId of the load's events
     * @param uncounted of them that are there to warm up
     */
    LatencyRecorder(SendSchedule schedule, long firstId, long uncounted) {
        this.schedule = schedule;
        this.firstId = firstId;
        this.uncounted = uncounted;
    }

    @Override
    public void score(long id, int version, long atNanos) {
        long event = id - firstId;
        if (event >= uncounted) {
            long tookMicros = TimeUnit.NANOSECONDS.toMicros(atNanos - schedule.dueNanos(event));
            micros.recordValue(Math.min(LONGEST_MICROS, Math.max(0, tookMicros)));
        }
        lastArrivalNanos = atNanos;
    }

    Histogram micros() {
        return micros;
    }

    long lastArrivalNanos() {
        return lastArrivalNanos;
    }
}
