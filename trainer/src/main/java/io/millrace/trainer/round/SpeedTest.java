package io.millrace.trainer.round;

import io.millrace.trainer.gate.Speed;
import java.util.function.LongSupplier;

/**
 * Lets two models score the same rows in turns and keeps each one's best time: what disturbs the machine disturbs
 * single turns of both.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the given monotonic clock.
 */
final class SpeedTest {
    private final LongSupplier nanoClock;

    SpeedTest(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    Speed run(int turns, Runnable champion, Runnable candidate) {
        long championNanos = Long.MAX_VALUE;
        long candidateNanos = Long.MAX_VALUE;
        for (int turn = 0; turn < turns; turn++) {
            championNanos = Math.min(championNanos, nanosOf(champion));
            candidateNanos = Math.min(candidateNanos, nanosOf(candidate));
        }
        return new Speed(championNanos, candidateNanos);
    }

    private long nanosOf(Runnable scoring) {
        long startNanos = nanoClock.getAsLong();
        scoring.run();
        return nanoClock.getAsLong() - startNanos;
    }
}
