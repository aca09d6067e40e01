package io.millrace.bench.live;

import io.micrometer.core.instrument.AbstractTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.LongAdder;

/**
 * Meters of a stream of which some timers keep each single duration, noted on the thread that measured it.
 *
 * <p>Threading: safe for all threads. Units: nanoseconds of the machine's monotonic clock.
 */
final class TimerTaps extends SimpleMeterRegistry {
    private final Map<String, Times> taps;

    /** @param taps where the durations of a timer go, by its name */
    TimerTaps(Map<String, Times> taps) {
        super(SimpleConfig.DEFAULT, Clock.SYSTEM);
        this.taps = Map.copyOf(taps);
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauses) {
        Times times = taps.get(id.getName());
        return times == null ? super.newTimer(id, statistics, pauses) : new Tap(id, pauses, times);
    }

    private static final class Tap extends AbstractTimer {
        private final Times times;
        private final LongAdder totalNanos = new LongAdder();
        private final LongAdder count = new LongAdder();

        Tap(Meter.Id id, PauseDetector pauses, Times times) {
            super(id, Clock.SYSTEM, pauses, TimeUnit.NANOSECONDS, NoopHistogram.INSTANCE);
            this.times = times;
        }

        @Override
        protected void recordNonNegative(long amount, TimeUnit unit) {
            long nanos = unit.toNanos(amount);
            times.add(System.nanoTime(), nanos);
            totalNanos.add(nanos);
            count.increment();
        }

        @Override
        public long count() {
            return count.sum();
        }

        @Override
        public double totalTime(TimeUnit unit) {
            return unit.convert(totalNanos.sum(), TimeUnit.NANOSECONDS);
        }

        @Override
        public double max(TimeUnit unit) {
            return 0;
        }
    }
}
