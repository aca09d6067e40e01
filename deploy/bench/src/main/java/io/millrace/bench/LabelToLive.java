package io.millrace.bench;

import java.time.Duration;
import java.time.Instant;
import java.util.List;

/**
 * The way of the newest label to the first score by the version that it led to. Threading: immutable.
 *
 * @param seconds the whole way
 * @param steps in this order; together they are the whole
 */
public record LabelToLive(double seconds, List<Step> steps) {
    public LabelToLive {
        steps = List.copyOf(steps);
    }

    /**
     * A part of the way.
     *
     * @param step in words
     */
    public record Step(String step, double seconds) {}

    /** Lays steps end to end; one that is over before it began, as clocks of two threads may have it, took no time. */
    static final class Ruler {
        private final List<Step> steps;
        private final Instant start;
        private Instant at;

        Ruler(Instant start, List<Step> steps) {
            this.start = start;
            this.at = start;
            this.steps = steps;
        }

        void until(String step, Instant end) {
            Instant later = end.isBefore(at) ? at : end;
            steps.add(new Step(step, millis(at, later) / 1e3));
            at = later;
        }

        double seconds() {
            return millis(start, at) / 1e3;
        }

        private static long millis(Instant from, Instant to) {
            return Duration.between(from, to).toMillis();
        }
    }
}
