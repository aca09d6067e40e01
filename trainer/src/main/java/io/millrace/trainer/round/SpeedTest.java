package io.millrace.trainer.round;

import io.millrace.inference.onnx.LoadedModel;
import io.millrace.trainer.data.TrainingRows;
import io.millrace.trainer.gate.Speed;
import io.millrace.trainer.trees.ParityCheck;
import java.util.Arrays;
import java.util.function.LongSupplier;

/**
 * Lets two models score the same rows in turns and keeps each one's best time: what disturbs the machine disturbs
 * single turns of both.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the given monotonic clock.
 */
final class SpeedTest {
    private static final int TURNS = 15;
    private static final int MOST_ROWS = 2_048;

    private final LongSupplier nanoClock;

    SpeedTest(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
    }

    Speed run(LoadedModel champion, LoadedModel candidate, TrainingRows rows) {
        int count = Math.min(rows.rows(), MOST_ROWS);
        TrainingRows some = new TrainingRows(
                Arrays.copyOf(rows.values(), count * rows.width()), Arrays.copyOf(rows.labels(), count), rows.width());
        long championNanos = Long.MAX_VALUE;
        long candidateNanos = Long.MAX_VALUE;
        for (int turn = 0; turn < TURNS; turn++) {
            championNanos = Math.min(championNanos, nanosOf(champion, some));
            candidateNanos = Math.min(candidateNanos, nanosOf(candidate, some));
        }
        return new Speed(championNanos, candidateNanos);
    }

    private long nanosOf(LoadedModel model, TrainingRows rows) {
        long startNanos = nanoClock.getAsLong();
        ParityCheck.score(model, rows);
        return nanoClock.getAsLong() - startNanos;
    }
}
