package io.millrace.bench.training;

import static org.assertj.core.api.Assertions.assertThat;

import java.util.concurrent.atomic.AtomicLong;
import org.junit.jupiter.api.Test;

class StepTimesTest {
    private static final long SECOND = 1_000_000_000;

    private final AtomicLong nanos = new AtomicLong();
    private final StepTimes times = new StepTimes(nanos::get);

    @Test
    void whatIsToldDoneTookTheTimeSinceItWasLastHeardOf() {
        after(1, () -> times.at("computing the frozen part", 32, 64));
        after(2, () -> times.at("computing the frozen part", 64, 64));
        after(3, () -> times.at("epoch 1 of 2", 64, 64));
        after(4, () -> times.at("epoch 2 of 2", 64, 64));
        after(5, () -> times.at("comparing", 0, 1));
        after(6, () -> times.at("comparing", 1, 1));
        after(7, times::end);

        assertThat(times.seconds("computing")).isEqualTo(3);
        assertThat(times.seconds("epoch")).isEqualTo(12);
        assertThat(times.seconds("comparing")).isEqualTo(13);
        assertThat(times.seconds()).isEqualTo(28);
    }

    @Test
    void whatComesBeforeTheFirstStepIsItsPreparation() {
        after(5, () -> times.at("growing 10 trees", 0, 10));
        after(2, () -> times.at("growing 10 trees", 10, 10));
        times.end();

        assertThat(times.seconds("growing")).isEqualTo(2);
        assertThat(times.seconds("preparing")).isEqualTo(5);
    }

    private void after(long seconds, Runnable told) {
        nanos.addAndGet(seconds * SECOND);
        told.run();
    }
}
