package io.millrace.bench.training;

import io.millrace.trainer.learn.LearningProgress;
import java.util.LinkedHashMap;
import java.util.Map;
import java.util.function.LongSupplier;

/**
 * Times the steps of one learning by what its learner tells of them: what is told done took the time since it was last
 * heard of.
 *
 * <p>Threading: confined to one thread. Units: nanoseconds of the caller's monotonic clock. Lifecycle: the time runs from
 * the start until {@link #end}.
 */
final class StepTimes implements LearningProgress {
    private static final String PREPARING = "preparing";

    private final LongSupplier nanoClock;
    private final Map<String, Long> nanos = new LinkedHashMap<>();
    private String present = PREPARING;
    private long sinceNanos;

    StepTimes(LongSupplier nanoClock) {
        this.nanoClock = nanoClock;
        this.sinceNanos = nanoClock.getAsLong();
    }

    @Override
    public void at(String step, long done, long total) {
        if (done == 0) {
            took(present);
            present = step;
        } else {
            present = step;
            took(step);
        }
    }

    /** No more is done. */
    void end() {
        took(present);
    }

    private void took(String step) {
        long nowNanos = nanoClock.getAsLong();
        nanos.merge(step, nowNanos - sinceNanos, Long::sum);
        sinceNanos = nowNanos;
    }

    /** All of it. */
    double seconds() {
        return nanos.values().stream().mapToLong(Long::longValue).sum() / 1e9;
    }

    /** Of the steps whose words begin so. */
    double seconds(String words) {
        return nanos.entrySet().stream()
                        .filter(step -> step.getKey().startsWith(words))
                        .mapToLong(Map.Entry::getValue)
                        .sum()
                / 1e9;
    }
}
