package io.millrace.bench.live;

import io.micrometer.core.instrument.Clock;
import io.micrometer.core.instrument.DistributionSummary;
import io.micrometer.core.instrument.Meter;
import io.micrometer.core.instrument.Timer;
import io.micrometer.core.instrument.cumulative.CumulativeDistributionSummary;
import io.micrometer.core.instrument.cumulative.CumulativeTimer;
import io.micrometer.core.instrument.distribution.DistributionStatisticConfig;
import io.micrometer.core.instrument.distribution.pause.PauseDetector;
import io.micrometer.core.instrument.simple.SimpleConfig;
import io.micrometer.core.instrument.simple.SimpleMeterRegistry;
import java.util.Map;
import java.util.concurrent.TimeUnit;

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
        if (!sizes.equals(id.getName())) {
            return super.newDistributionSummary(id, statistics, scale);
        }
        return new CumulativeDistributionSummary(id, clock, statistics, scale, false) {
            @Override
            protected void recordNonNegative(double amount) {
                super.recordNonNegative(amount);
                size.set(Math.round(amount));
            }
        };
    }

    @Override
    protected Timer newTimer(Meter.Id id, DistributionStatisticConfig statistics, PauseDetector pauses) {
        Times times = taps.get(id.getName());
        if (times == null) {
            return super.newTimer(id, statistics, pauses);
        }
        return new CumulativeTimer(id, clock, statistics, pauses, TimeUnit.NANOSECONDS) {
            @Override
            protected void recordNonNegative(long amount, TimeUnit unit) {
                super.recordNonNegative(amount, unit);
                times.add(System.nanoTime(), unit.toNanos(amount), size.get());
            }
        };
    }
}
