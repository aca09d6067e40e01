package io.millrace.bench.live;

import static org.assertj.core.api.Assertions.assertThat;
import static org.assertj.core.api.Assertions.assertThatThrownBy;

import org.junit.jupiter.api.Test;
import org.junit.jupiter.params.ParameterizedTest;
import org.junit.jupiter.params.provider.ValueSource;

class SendScheduleTest {
    private static final long START = 1_000;

    @Test
    void anEventIsDueWhenTheClockSaysWhateverBecameOfTheOthers() {
        SendSchedule schedule = new SendSchedule(START, 1_000);

        assertThat(schedule.dueNanos(0)).isEqualTo(START);
        assertThat(schedule.dueNanos(3)).isEqualTo(START + 3_000_000);
        assertThat(schedule.dueBy(START - 1)).isZero();
        assertThat(schedule.dueBy(START)).isEqualTo(1);
        assertThat(schedule.dueBy(START + 2_999_999)).isEqualTo(3);
        assertThat(schedule.dueBy(START + 3_000_000)).isEqualTo(4);
    }

    @ParameterizedTest(name = "{0} events a second")
    @ValueSource(doubles = {0.3, 7, 333.3, 12_345.6, 999_999})
    void asManyAreDueAsHaveADueTimeThatHasCome(double rateHz) {
        SendSchedule schedule = new SendSchedule(START, rateHz);

        for (long event = 0; event < 2_000; event++) {
            assertThat(schedule.dueBy(schedule.dueNanos(event))).isEqualTo(event + 1);
            assertThat(schedule.dueBy(schedule.dueNanos(event) - 1)).isEqualTo(event);
        }
    }

    @Test
    void aLoadWithoutARateIsRefused() {
        assertThatThrownBy(() -> new SendSchedule(START, 0)).hasMessageContaining("was 0.0");
    }
}
