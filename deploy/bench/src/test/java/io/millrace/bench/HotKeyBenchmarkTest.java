package io.millrace.bench;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;
import static org.assertj.core.api.Assertions.tuple;
import static org.assertj.core.api.Assertions.within;

import io.millrace.inference.feature.FeatureSet;
import io.millrace.inference.feature.FeatureSets;
import java.util.ArrayList;
import java.util.List;
import java.util.function.LongSupplier;
import org.junit.jupiter.api.Test;

class HotKeyBenchmarkTest {
    private static final int HOT_EVENTS = 5_000;
    private static final int ROUNDS = 4;
    private static final int EVENTS_PER_ROUND = HOT_EVENTS / 4;

    private final FeatureSet set = FeatureSets.named(FeatureSets.HANDBOOK);
    private long nowNanos;

    @Test
    void measuresEachStageWithHotWarmAndColdKeys() {
        List<HotKeyLine> lines = run(() -> nowNanos++);

        assertThat(lines)
                .extracting(HotKeyLine::stage, HotKeyLine::keys, HotKeyLine::eventsOfKey)
                .containsExactly(
                        tuple("customer_id", 1, 5_000L),
                        tuple("customer_id", 5, 1_000L),
                        tuple("customer_id", 100, 50L),
                        tuple("terminal_id", 1, 5_000L),
                        tuple("terminal_id", 5, 1_000L),
                        tuple("terminal_id", 100, 50L));
    }

    @Test
    void aHotKeyLooksUpAndWritesNoMoreThanAWarmOne() {
        List<HotKeyLine> lines = run(() -> nowNanos++);

        for (int stage = 0; stage < lines.size(); stage += 3) {
            HotKeyLine hot = lines.get(stage);
            HotKeyLine warm = lines.get(stage + 1);
            assertThat(hot.lookUps()).isBetween(1.0, 1.1 * warm.lookUps());
            assertThat(hot.bytesWritten()).isBetween(1.0, 1.1 * warm.bytesWritten());
        }
    }

    @Test
    void keepsNoMoreOfALongHistoryThanOfAShortOne() {
        for (HotKeyLine line : run(() -> nowNanos++)) {
            assertThat(line.timesLonger()).isGreaterThan(1.5);
            assertThat(line.keptLong() / line.keptShort()).as(line.toString()).isCloseTo(1, within(0.1));
        }
    }

    @Test
    void tellsTheMedianOfRoundsByTheClockItIsGiven() {
        // The nth load that is played takes 2n ms. The cold load comes 12th, 14th, 16th and 21st in the measured
        // rounds,
        // the hot one 10th, 15th, 17th and 19th.
        List<HotKeyLine> lines = run(new LongSupplier() {
            private long stepNanos;

            @Override
            public long getAsLong() {
                stepNanos += 1_000_000;
                nowNanos += stepNanos;
                return nowNanos;
            }
        });

        assertThat(lines.get(2).nanosPerEvent()).isEqualTo(30_000_000.0 / EVENTS_PER_ROUND);
        assertThat(lines.get(2).timesCold()).isEqualTo(1);
        assertThat(lines.get(0).nanosPerEvent()).isEqualTo(32_000_000.0 / EVENTS_PER_ROUND);
        assertThat(lines.get(0).timesCold()).isCloseTo((38.0 / 42 + 34.0 / 32) / 2, within(1e-12));
    }

    @Test
    void tellsOfEachStep() {
        List<Long> steps = new ArrayList<>();
        HotKeyBenchmark benchmark = new HotKeyBenchmark(set, 200, 1, () -> nowNanos++);

        benchmark.run(steps::add);

        assertThat(steps).hasSize((int) benchmark.steps()).last().isEqualTo(benchmark.steps());
    }

    @Test
    void refusesKeysThatAreNoHotterThanTheCold() {
        assertThatThrownBy(() -> new HotKeyBenchmark(set, 50, 1, System::nanoTime))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("multiple of 50");
        assertThatThrownBy(() -> new HotKeyBenchmark(set, 100, 0, System::nanoTime))
                .isInstanceOf(IllegalArgumentException.class)
                .hasMessageContaining("at least 1 round");
    }

    private List<HotKeyLine> run(LongSupplier nanoClock) {
        return new HotKeyBenchmark(set, HOT_EVENTS, ROUNDS, nanoClock).run(done -> {});
    }
}
