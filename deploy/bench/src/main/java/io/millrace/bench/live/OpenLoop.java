package io.millrace.bench.live;

import java.util.concurrent.TimeUnit;
import java.util.concurrent.locks.LockSupport;
import java.util.function.LongConsumer;
import org.jspecify.annotations.Nullable;

/**
 * Sends events when the schedule says, until so many are sent or it is told to end. One that could not be sent in time
 * is sent late, and its lateness counts as its latency, since an event is measured from when it was due.
 *
 * <p>Threading: a thread of its own, begun by {@link #start}. Units: nanoseconds of the machine's monotonic clock.
 * Lifecycle: {@link #end} or {@link #await} waits for the thread.
 */
public final class OpenLoop {
    /** How long it sleeps at most; what becomes due meanwhile is late by as much. */
    private static final long TICK_NANOS = TimeUnit.MICROSECONDS.toNanos(500);

    private final SendSchedule schedule;
    private final long limit;
    private final LongConsumer send;
    private final Thread thread = new Thread(this::run, "millrace-bench-sender");
    private volatile boolean ending;
    private volatile long sent;
    private volatile long worstLateNanos;
    private volatile @Nullable RuntimeException failure;

    /**
     * Makes the loop.
     *
     * @param limit of events
     * @param send sends an event by its number in the schedule
     */
    OpenLoop(SendSchedule schedule, long limit, LongConsumer send) {
        this.schedule = schedule;
        this.limit = limit;
        this.send = send;
    }

    OpenLoop start() {
        thread.start();
        return this;
    }

    private void run() {
        try {
            long event = 0;
            while (!ending && event < limit) {
                long nowNanos = System.nanoTime();
                long due = Math.min(schedule.dueBy(nowNanos), limit);
                if (event < due) {
                    worstLateNanos = Math.max(worstLateNanos, nowNanos - schedule.dueNanos(event));
                }
                while (event < due) {
                    send.accept(event++);
                    sent = event;
                }
                LockSupport.parkNanos(TICK_NANOS);
            }
        } catch (RuntimeException e) {
            failure = e;
        }
    }

    /** When each event was due. */
    public SendSchedule schedule() {
        return schedule;
    }

    /** Events sent so far. */
    public long sent() {
        requireNoFailure();
        return sent;
    }

    /** How late the latest event was sent. */
    public long worstLateNanos() {
        return worstLateNanos;
    }

    /** Waits until all events are sent. */
    public void await() throws InterruptedException {
        thread.join();
        requireNoFailure();
    }

    /** Sends no more. */
    public void end() throws InterruptedException {
        ending = true;
        await();
    }

    private void requireNoFailure() {
        RuntimeException failed = failure;
        if (failed != null) {
            throw new IllegalStateException("the load could not be sent: " + failed.getMessage(), failed);
        }
    }
}
