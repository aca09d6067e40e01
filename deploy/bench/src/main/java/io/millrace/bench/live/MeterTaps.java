package io.millrace.bench.live;

import io.micrometer.core.instrument.AbstractDistributionSummary;
import io.micrometer.core.instrument.AbstractTimer;
import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.NoopHistogram;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;
import java.util.concurrent.atomic.DoubleAdder;
import java.util.concurrent.atomic.LongAdder;

/**
 * Meters of a stream of which some timers keep each single duration, noted on the thread that measured it, with the size
 * that this thread measured before.
 *
 * <p>Threading: safe for all threads. Units: nanoseconds of the machine's monotonic clock.
 */
final class MeterTaps extends SimpleMeterRegistry {
    private final Map<String, Times> taps;
    private final String sizes;
    private final ThreadLocal<Long> size = ThreadLocal.withInitial(() -> 0L);

    /**
     * Makes meters.
     *
     * @param taps where the durations of a timer go, by its name
     * @param sizes name of the summary that tells the size of what is timed next
     */
    MeterTaps(Map<String, Times> taps, String sizes) {
        super(SimpleConfig.DEFAULT, Clock.SYSTEM);
        this.taps = Map.copyOf(taps);
        this.sizes = sizes;
    }

    @Override
    protected DistributionSummary newDistributionSummary(
            Meter.Id id, DistributionStatisticConfig statistics, double scale) {
        return sizes.equals(id.getName())
                ? new SizeTap(id, scale)
                : super.newDistributionSummary(id, statistics, scale);
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauses) {
        Times times = taps.get(id.getName());
        return times == null ? super.newTimer(id, statistics, pauses) : new Tap(id, pauses, times);
    }

    private final class SizeTap extends AbstractDistributionSummary {
        private final DoubleAdder total = new DoubleAdder();
        private final LongAdder count = new LongAdder();

        SizeTap(Meter.Id id, double scale) {
            super(id, scale, NoopHistogram.INSTANCE);
        }

        @Override
        protected void recordNonNegative(double amount) {
            size.set(Math.round(amount));
            total.add(amount);
            count.increment();
        }

        @Override
        public long count() {
            return count.sum();
        }

        @Override
        public double totalAmount() {
            return total.sum();
        }

        @Override
        public double max() {
            return 0;
        }
    }

    private final class Tap extends AbstractTimer {
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
            times.add(System.nanoTime(), nanos, size.get());
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
