package io.millrace.trainer.gradient.tuning;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.within;

import org.junit.jupiter.api.Test;

class RateScheduleTest {

    @Test
    void risesToItsPeakAndFallsTowardsZero() {
        RateSchedule rates = new RateSchedule(0.1, 0.2, 100);

        assertThat(rates.at(0)).isCloseTo(0.005, within(1e-12));
        assertThat(rates.at(9)).isCloseTo(0.05, within(1e-12));
        assertThat(rates.at(19)).isCloseTo(0.1, within(1e-12));
        assertThat(rates.at(60)).isCloseTo(0.05, within(1e-12));
        assertThat(rates.at(99)).isCloseTo(0.00125, within(1e-12));
    }

    @Test
    void withoutWarmUpBeginsAtItsPeak() {
        assertThat(new RateSchedule(0.1, 0, 10).at(0)).isEqualTo(0.1);
    }
}
